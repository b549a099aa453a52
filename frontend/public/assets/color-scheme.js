(function () {
  var system = matchMedia('(prefers-color-scheme: dark)');

  function chosen() {
    try {
      return localStorage.getItem('mantine-color-scheme-value');
    } catch {
      // Storage may be forbidden; the system's scheme serves then.
      return null;
    }
  }

  function show() {
    var stored = chosen();
    var scheme =
      stored === 'light' || stored === 'dark' ? stored : system.matches ? 'dark' : 'light';
    document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
  }

  show();
  system.addEventListener('change', show);
})();
