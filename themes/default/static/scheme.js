/* Before the first paint: that there is script, and which colours the reader chose. */
{
  const { dataset } = document.documentElement;
  dataset.script = "";
  try {
    const scheme = localStorage.getItem("postil-scheme");
    if (scheme) dataset.scheme = scheme;
  } catch {}
}
