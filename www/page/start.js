// The door to the page's modules. Should one of them, or the verifier, not load, the reader is told: a page
// that looks ready and never answers would be worse.

import("./main.js").catch((error) => {
  const trouble = document.getElementById("trouble");
  trouble.hidden = false;
  trouble.textContent = `The verifier could not be loaded, so nothing is checked: ${error.message}`;
});
