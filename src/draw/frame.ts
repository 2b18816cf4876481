/** The look of every axis that plotly draws. */
export const FRAME = {
  gridcolor: '#dddddd',
  linecolor: '#333333',
  zerolinecolor: '#999999',
  mirror: true,
  ticks: 'outside',
};
