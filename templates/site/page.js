// A convenience only: the page reads the same without it.
(() => {
  "use strict";
  const home = document.title;
  const menu = document.querySelector(".menu");
  const links = [...document.querySelectorAll(".contents a")];

  function show() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    const thread = target && target.closest(".thread");
    const current = thread ? thread.id : id || "overview";
    for (const link of links) {
      if (link.hash.slice(1) === current) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    document.title = thread ? thread.dataset.title + " · " + home : home;
    menu.open = false;
  }

  addEventListener("hashchange", show);
  menu.addEventListener("click", (event) => {
    if (event.target.closest("a")) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") menu.open = false;
  });
  show();
})();
