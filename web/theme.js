// Runs before the first paint, from <head>: sets the language and theme that this person chose, so that no page flashes in
// the other one. Nothing else belongs here; without a choice the browser's own preferences stand (style sheet) and the
// application decides the language. Keys: appshelf.theme = light | dark, appshelf.lang = zh-CN | en.
(function () {
  try {
    var root = document.documentElement;
    var theme = localStorage.getItem("appshelf.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    var lang = localStorage.getItem("appshelf.lang");
    if (lang !== "zh-CN" && lang !== "en") lang = /^zh\b/i.test(navigator.language) ? "zh-CN" : "en";
    root.lang = lang;
  } catch (storageIsRefused) {
    // Private windows may refuse storage; the defaults of the page are complete.
  }
})();
