// In a long list of contents, the page that is read is in view.
{
  const contents = document.querySelector('.contents');
  const current = contents.querySelector('[aria-current]');
  if (current && contents.scrollHeight > contents.clientHeight)
    contents.scrollTop = current.offsetTop - contents.offsetTop - contents.clientHeight / 3;
}
