// Before the page is drawn: the colours that were chosen last, or those of the system.
{
  const chosen = localStorage.getItem("pyrite-theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
}
