// What htmx does with the answers: changes only what differs, so that focus, selection and what the reader has opened or
// typed stay. Shows times in the viewer's own zone, says when the server does not answer, and keeps the tab's icon. Without scripts the
// page reloads itself, sends its forms as ever and names times in UTC.
(() => {
  'use strict';

  const forms = {
    day: { day: 'numeric', month: 'short', year: 'numeric' },
    clock: { hour: '2-digit', minute: '2-digit' },
    minute: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    second: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  };
  // The page speaks English and writes 1,000: its times follow, only the zone is the viewer's.
  const formats = {};
  for (const form in forms) formats[form] = new Intl.DateTimeFormat('en-GB', forms[form]);

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
      // What was opened stays open, and what was given the focus can keep it.
      if (!to.hasAttribute(name) && name !== 'open' && name !== 'tabindex') from.removeAttribute(name);
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

  htmx.defineExtension('morph', {
    handleSwap: (style, target, answer) => {
      const wanted = answer.firstElementChild;
      localise(wanted);
      morph(target, wanted);
      const icon = document.getElementById('icon');
      if (icon.getAttribute('href') !== target.dataset.icon) icon.setAttribute('href', target.dataset.icon);
      return [target];
    },
  });

  const main = document.getElementById('main');
  const offline = document.getElementById('offline');
  const unanswered = () => {
    if (offline.hidden) document.getElementById('offline-since').textContent = formats.second.format(new Date());
    offline.hidden = false;
  };

  // What was pressed: its name, to say so when it was not done.
  const unsent = document.getElementById('unsent');
  const isPress = event => event.detail.requestConfig?.verb === 'post' || event.detail.elt?.method === 'post';
  const say = (event, what) => {
    const button = event.detail.elt.querySelector('button');
    unsent.textContent = `“${(button ? button.textContent : 'The press').trim()}” ${what}`;
    unsent.hidden = false;
  };
  const unknown = event => {
    if (isPress(event)) say(event, 'may not have been done: the server has not answered. Look at the page before you press it again.');
    unanswered();
  };

  document.addEventListener('htmx:beforeSwap', event => {
    const { xhr } = event.detail;
    // Not ours: a relay or a proxy says that the server is away.
    event.detail.shouldSwap = event.detail.serverResponse.includes('<main id="main"');
    if (event.detail.shouldSwap) offline.hidden = true;
    else unknown(event);
    if (isPress(event) && new URL(xhr.responseURL, location).pathname === '/login') {
      say(event, 'was not done: your session has ended. Sign in and press it again.');
    }
  });
  document.addEventListener('htmx:sendError', event => {
    if (isPress(event)) say(event, 'was not done: the server could not be reached. Press it again when it answers.');
    unanswered();
  });
  document.addEventListener('htmx:timeout', unknown);

  // The pressed button is disabled or gone by then: the focus goes on where the answer stands.
  let refocus = false;
  document.addEventListener('htmx:beforeRequest', event => {
    if (!isPress(event)) return;
    unsent.hidden = true;
    refocus = event.detail.elt.contains(document.activeElement);
  });
  document.addEventListener('htmx:afterSettle', event => {
    // The page may have been asked for before the press, and be answered before it.
    if (!refocus || !isPress(event)) return;
    refocus = false;
    if (document.activeElement && document.activeElement !== document.body) return;
    const goal = main.querySelector('[autofocus], h1') || main;
    if (!goal.matches('input')) goal.tabIndex = -1;
    goal.focus({ preventScroll: true });
  });

  // In the background the tab's title and icon still tell, less often.
  let turn = 0;
  document.addEventListener('htmx:beforeRequest', event => {
    if (event.detail.elt === main && document.hidden && ++turn % 5) event.preventDefault();
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) htmx.trigger(main, 'look');
  });

  localise(document);
})();
