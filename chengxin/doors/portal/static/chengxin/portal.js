// Says that scripts run, so that what needs one may appear; and takes the reader to what is to be mended.
document.documentElement.classList.add("with-script");
document.getElementById("mistakes")?.focus();
document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
