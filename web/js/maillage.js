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

	/* A file heavier than the server takes is told before it leaves: sent, it would cost all that was typed. */
	document.addEventListener("change", function (e) {
		var field = e.target, file = field.files && field.files[0];
		if (!field.dataset.most)
			return;
		field.setCustomValidity(file && file.size > field.dataset.most ? field.dataset.heavy : "");
		field.reportValidity();
	});

	/* Tabs that a phone cannot show at once: the page's own is in sight. */
	document.querySelectorAll(".tabs > [aria-current]").forEach(function (tab) {
		var tabs = tab.parentElement;
		tabs.scrollLeft = tab.offsetLeft + tab.offsetWidth / 2 - tabs.offsetLeft - tabs.clientWidth / 2;
	});

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
	/* What may be meant, as it is typed: data-suggest answers {items: [{label}]}. */
	document.querySelectorAll("input[data-suggest]").forEach(function (input) {
		var list = document.createElement("datalist"), timer = 0;
		list.id = input.id + "-list";
		input.after(list);
		input.setAttribute("list", list.id);
		input.addEventListener("input", function () {
			clearTimeout(timer);
			var typed = input.value.trim();
			if (typed.length < 2)
				return;
			timer = setTimeout(function () {
				fetch(input.dataset.suggest + "?q=" + encodeURIComponent(typed), { headers: { Accept: "application/json" } })
					.then(function (r) { return r.ok ? r.json() : { items: [] }; })
					.then(function (answer) {
						list.replaceChildren.apply(list, answer.items.slice(0, 12).map(function (k) {
							var o = document.createElement("option");
							o.value = k.label;
							if (k.through)
								o.label = k.label + " · " + k.through;
							return o;
						}));
					}).catch(function () { /* the list stays as it was */ });
			}, 200);
		});
	});
	document.querySelectorAll("[data-print]").forEach(function (b) {
		b.hidden = false;
		b.addEventListener("click", function () { print(); });
	});
	document.querySelectorAll("[data-copy], [data-copy-link]").forEach(function (b) {
		var link = b.dataset.copyLink;
		b.hidden = !navigator.clipboard;
		b.addEventListener("click", function () {
			navigator.clipboard.writeText(link ? new URL(link, location).href : b.dataset.copy).then(function () { b.textContent = b.dataset.copied; });
		});
	});

	/* A box or a choice that answers at once, in a form where one also types. */
	document.addEventListener("change", function (e) {
		if (e.target.matches("[data-on-tick]") && e.target.form)
			e.target.form.requestSubmit();
	});

	/* Back on a page, its boxes are as what it shows was asked, whatever was chosen before it was left. */
	window.addEventListener("pageshow", function (e) {
		var way = performance.getEntriesByType("navigation")[0];
		if (e.persisted || (way && way.type === "back_forward"))
			document.querySelectorAll("form[data-search], form[data-on-change][method=get]").forEach(function (f) { f.reset(); });
	});

	/* Open from the beginning where there is room beside the results. */
	if (matchMedia("(min-width: 1160px)").matches)
		document.querySelectorAll("details[data-open-wide]").forEach(function (d) { d.open = true; });

	/* A list and its map in step: data-ref says what is the same. */
	document.querySelectorAll("[data-in-step]").forEach(function (box) {
		function light(e, on) {
			var ref = e.target.closest && e.target.closest("[data-ref]");
			if (ref)
				box.querySelectorAll('[data-ref="' + ref.dataset.ref + '"]').forEach(function (x) { x.classList.toggle("is-lit", on); });
		}
		["pointerover", "focusin"].forEach(function (name) { box.addEventListener(name, function (e) { light(e, true); }); });
		["pointerout", "focusout"].forEach(function (name) { box.addEventListener(name, function (e) { light(e, false); }); });
	});

	/* Near me: the browser is asked on a press, never before. */
	document.querySelectorAll("[data-near-me]").forEach(function (button) {
		var form = button.closest("form"), says = form && form.querySelector("[data-near-me-says]");
		if (!navigator.geolocation || !form)
			return;
		button.hidden = false;
		button.addEventListener("click", function () {
			button.setAttribute("aria-busy", "true");
			navigator.geolocation.getCurrentPosition(function (at) {
				var ask = new URLSearchParams(new FormData(form));
				["where", "near", "lat", "lon"].forEach(function (name) { ask.delete(name); });
				/* To a kilometre: enough to look around, and no more is told. */
				ask.set("lat", Math.round(at.coords.latitude * 100) * 1000);
				ask.set("lon", Math.round(at.coords.longitude * 100) * 1000);
				location.assign(form.getAttribute("action") + "?" + ask);
			}, function () {
				button.removeAttribute("aria-busy");
				says.textContent = button.dataset.denied;
			}, { maximumAge: 300000, timeout: 15000 });
		});
	});

	/* A town as it is typed: suggestions under the field; what is typed works alone, too. */
	document.querySelectorAll("input[data-towns]").forEach(function (input, number) {
		var list = document.createElement("ul"), says = document.createElement("p"), asked = "", chosen = -1, timer;
		list.className = "towns";
		list.id = "towns-" + number;
		list.hidden = true;
		list.setAttribute("role", "listbox");
		list.setAttribute("aria-label", input.labels[0].textContent);
		says.className = "visually-hidden";
		says.setAttribute("role", "status");
		input.closest(".field").append(list, says);
		input.setAttribute("role", "combobox");
		input.setAttribute("aria-autocomplete", "list");
		input.setAttribute("aria-controls", list.id);
		input.setAttribute("aria-expanded", "false");

		function close() {
			list.hidden = true;
			chosen = -1;
			says.textContent = "";
			input.setAttribute("aria-expanded", "false");
			input.removeAttribute("aria-activedescendant");
		}
		function mark(n) {
			var all = list.children;
			if (all[chosen])
				all[chosen].setAttribute("aria-selected", "false");
			chosen = (n + all.length) % all.length;
			all[chosen].setAttribute("aria-selected", "true");
			all[chosen].scrollIntoView({ block: "nearest" });
			input.setAttribute("aria-activedescendant", all[chosen].id);
		}
		function take(n) {
			input.value = list.children[n].dataset.label;
			asked = input.value;
			close();
		}
		function show(items) {
			list.textContent = "";
			items.slice(0, 8).forEach(function (it, n) {
				var li = document.createElement("li"), more = document.createElement("span");
				li.id = list.id + "-" + n;
				li.setAttribute("role", "option");
				li.setAttribute("aria-selected", "false");
				li.dataset.label = it.found.label;
				li.append(it.found.label + " ");
				more.textContent = it.detail;
				li.append(more);
				list.append(li);
			});
			if (!items.length) {
				close();
				says.textContent = input.dataset.none;
				return;
			}
			says.textContent = input.dataset.some;
			chosen = -1;
			list.hidden = false;
			input.setAttribute("aria-expanded", "true");
		}
		function ask() {
			var text = input.value.trim();
			if (text === asked)
				return;
			asked = text;
			if (text.length < 2)
				return close();
			fetch("/api/v1/communes?q=" + encodeURIComponent(text)).then(function (r) { return r.json(); }).then(function (page) {
				if (asked === text && document.activeElement === input)
					show(page.items);
			}).catch(function () {
				if (asked !== text)
					return;
				asked = ""; /* the same may be asked again */
				close();
			});
		}
		input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(ask, 120); });
		input.addEventListener("blur", close);
		input.addEventListener("keydown", function (e) {
			if (list.hidden) {
				if (e.key === "ArrowDown" && list.children.length) {
					list.hidden = false;
					input.setAttribute("aria-expanded", "true");
				} else
					return;
			}
			if (e.key === "ArrowDown" || e.key === "ArrowUp") {
				mark(e.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
				e.preventDefault();
			} else if (e.key === "Enter" && chosen >= 0) {
				take(chosen);
				e.preventDefault();
			} else if (e.key === "Escape") {
				close();
				e.preventDefault();
			}
		});
		/* Before the field loses the focus. */
		list.addEventListener("pointerdown", function (e) {
			var li = e.target.closest("li");
			e.preventDefault();
			if (li)
				take([].indexOf.call(list.children, li));
		});
	});
})();
