/* Maillage: what a page gains with JavaScript. Everything works without it.
 * The words come from the page (data- attributes), never from here. */
(function () {
	"use strict";

	/* A toast leaves by itself unless it is read or offers an action in use:
	 * 8 s, 20 s with an action; the time stops under the pointer or the focus. */
	function dismiss(toast) {
		var seconds = toast.querySelector("a, button") ? 20 : 8, timer;
		function gone() { toast.remove(); }
		function go() {
			if (matchMedia("(prefers-reduced-motion: reduce)").matches)
				return gone();
			toast.classList.add("toast--going");
			setTimeout(gone, 200);
		}
		function start() { clearTimeout(timer); timer = setTimeout(go, seconds * 1000); }
		function stop() { clearTimeout(timer); }
		toast.addEventListener("pointerenter", stop);
		toast.addEventListener("pointerleave", start);
		toast.addEventListener("focusin", stop);
		toast.addEventListener("focusout", start);
		start();
	}
	document.querySelectorAll(".toasts > .toast").forEach(dismiss);

	/* What is being worked out: data-live says every how many seconds its part of the page is read again. */
	function follow(part) {
		setTimeout(function () {
			fetch(location.href, { credentials: "same-origin" }).then(function (r) { return r.text(); }).then(function (text) {
				var next = new DOMParser().parseFromString(text, "text/html").getElementById(part.id);
				if (!next)
					return;
				part.replaceWith(next);
				if (next.dataset.live)
					follow(next);
			}).catch(function () {});
		}, part.dataset.live * 1000);
	}
	document.querySelectorAll("[id][data-live]").forEach(follow);

	/* Sending: the button says so and a second press does nothing. */
	document.addEventListener("submit", function (e) {
		var form = e.target, button = e.submitter;
		if (e.defaultPrevented || form.method === "dialog")
			return;
		if (form.dataset.sending) {
			e.preventDefault();
			return;
		}
		if (form.method !== "post")
			return;
		form.dataset.sending = "1";
		if (!button || !button.matches(".btn"))
			return;
		/* After the browser has read the button's own name and value. */
		setTimeout(function () {
			button.dataset.label = button.innerHTML;
			button.setAttribute("aria-busy", "true");
			button.textContent = document.documentElement.dataset.sending || button.textContent;
		}, 0);
	});
	/* Back from the next page: the form can be sent again. */
	addEventListener("pageshow", function () {
		document.querySelectorAll("form[data-sending]").forEach(function (form) {
			delete form.dataset.sending;
			form.querySelectorAll(".btn[aria-busy]").forEach(function (button) {
				button.removeAttribute("aria-busy");
				if (button.dataset.label)
					button.innerHTML = button.dataset.label;
			});
		});
	});

	/* A form that destroys asks first: data-confirm names the id of a <dialog>
	 * of the page whose form has method="dialog" and whose button "yes" agrees. */
	document.addEventListener("submit", function (e) {
		var form = e.target, id = form.dataset.confirm, dialog = id && document.getElementById(id);
		if (!dialog || !dialog.showModal || form.dataset.agreed)
			return;
		e.preventDefault();
		e.stopImmediatePropagation();
		dialog.returnValue = "";
		dialog.addEventListener("close", function () {
			if (dialog.returnValue !== "yes")
				return;
			form.dataset.agreed = "1";
			form.requestSubmit(e.submitter || undefined);
			delete form.dataset.agreed;
		}, { once: true });
		dialog.showModal();
	}, true);

	/* Menus: one open at a time; Escape and a press outside close. */
	function close(except) {
		document.querySelectorAll("details.fold[open]").forEach(function (d) {
			if (d !== except)
				d.open = false;
		});
	}
	document.addEventListener("click", function (e) {
		close(e.target.closest("details.fold"));
	});
	document.addEventListener("keydown", function (e) {
		var open = e.key === "Escape" && document.querySelector("details.fold[open]");
		if (!open)
			return;
		open.open = false;
		open.querySelector("summary").focus();
	});

	/* A choice that answers at once: its form is sent when it changes, and the
	 * button that does it without JavaScript steps aside. */
	document.querySelectorAll("form[data-on-change]").forEach(function (form) {
		form.querySelectorAll("[data-without-js]").forEach(function (b) { b.hidden = true; });
		form.addEventListener("change", function () { form.requestSubmit(); });
	});
	document.querySelectorAll("[data-print]").forEach(function (b) {
		b.hidden = false;
		b.addEventListener("click", function () { print(); });
	});
	document.querySelectorAll("[data-copy]").forEach(function (b) {
		b.hidden = false;
		b.addEventListener("click", function () {
			navigator.clipboard.writeText(b.dataset.copy).then(function () { b.textContent = b.dataset.copied; });
		});
	});
})();
