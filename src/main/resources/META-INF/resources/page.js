// Keeps the page up to date without a reload: asks for it again and changes only what differs, so that focus, selection
// and what somebody has opened or typed stay. Shows times in the viewer's own zone. Without this script the page
// reloads itself and names times in UTC.
(() => {
  'use strict';

  const forms = {
    minute: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    second: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  };
  const formats = {};
  for (const form in forms) formats[form] = new Intl.DateTimeFormat(undefined, forms[form]);

  const localise = root => {
    for (const time of root.querySelectorAll('time[data-form]')) {
      if (!time.title) time.title = time.textContent;
      time.textContent = formats[time.dataset.form].format(new Date(time.dateTime));
    }
  };

  const same = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || '') === (b.id || '');

  const morph = (from, to) => {
    if (from.nodeType !== Node.ELEMENT_NODE) {
      if (from.data !== to.data) from.data = to.data;
      return;
    }
    if (from.isEqualNode(to)) return;
    for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
    for (const { name } of [...from.attributes]) {
      // What somebody opened stays open.
      if (!to.hasAttribute(name) && name !== 'open') from.removeAttribute(name);
    }
    let current = from.firstChild;
    for (const wanted of [...to.childNodes]) {
      const known = wanted.id && [...from.children].find(child => child.id === wanted.id);
      if (known && known !== current) {
        from.insertBefore(known, current);
        current = known;
      }
      if (current && same(current, wanted)) {
        const next = current.nextSibling;
        morph(current, wanted);
        current = next;
      } else {
        from.insertBefore(document.importNode(wanted, true), current);
      }
    }
    while (current) {
      const next = current.nextSibling;
      current.remove();
      current = next;
    }
  };

  const offline = document.getElementById('offline');
  const seconds = () => Number(document.body.dataset.refresh);

  const refresh = async () => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store', signal: AbortSignal.timeout(15000) });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const main = page.getElementById('main');
      if (!main) throw new Error('Not the page');
      localise(main);
      document.title = page.title;
      document.body.dataset.refresh = page.body.dataset.refresh;
      const icon = page.getElementById('icon').getAttribute('href');
      if (document.getElementById('icon').getAttribute('href') !== icon) document.getElementById('icon').setAttribute('href', icon);
      morph(document.getElementById('main'), main);
      offline.hidden = true;
    } catch {
      if (offline.hidden) document.getElementById('offline-since').textContent = formats.second.format(new Date());
      offline.hidden = false;
    }
    schedule();
  };

  let timer;
  const schedule = () => {
    clearTimeout(timer);
    // In the background the tab's title and icon still tell, less often.
    if (seconds() > 0) timer = setTimeout(refresh, seconds() * (document.hidden ? 5000 : 1000));
  };

  localise(document);
  schedule();
  document.addEventListener('visibilitychange', () => { if (!document.hidden && seconds() > 0) { clearTimeout(timer); refresh(); } });
})();
