//! A page in the browser: opened, looked at, and used as a reader uses it.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::chromium::{Browser, PATIENCE, Session};

/// A page in a browser of its own: nothing of another test is remembered in it.
pub(crate) struct Page {
    browser: &'static Browser,
    session: Session,
    context: String,
}

impl Page {
    /// An empty page of this size.
    pub(crate) fn new(browser: &'static Browser, width: u32, height: u32) -> Self {
        let text = |value: &Value| value.as_str().expect("an id").to_owned();
        let context = text(&browser.ask("Target.createBrowserContext", json!({}))["browserContextId"]);
        let target = browser.ask("Target.createTarget", json!({ "url": "about:blank", "browserContextId": context }));
        let attached = browser.ask("Target.attachToTarget", json!({ "targetId": target["targetId"], "flatten": true }));
        let session = browser.session(&text(&attached["sessionId"]));
        let mut page = Self { browser, session, context };
        for domain in ["Page", "Runtime", "Log", "Network"] {
            page.call(&format!("{domain}.enable"), json!({}));
        }
        page.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }));
        page.resize(width, height);
        page
    }

    pub(crate) fn call(&mut self, method: &str, params: Value) -> Value {
        self.browser.call(&mut self.session, method, params)
    }

    /// Another size of the screen.
    pub(crate) fn resize(&mut self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// From the next address on, the page's own script does not run. What the tests ask of the page still does.
    pub(crate) fn without_script(mut self) -> Self {
        self.call("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
        self
    }

    /// A finger in the place of a mouse.
    pub(crate) fn with_touch(mut self) -> Self {
        self.call("Emulation.setTouchEmulationEnabled", json!({ "enabled": true }));
        self.media(&[("hover", "none"), ("pointer", "coarse")], "");
        self
    }

    /// What the reader prefers, and the medium (`print`).
    pub(crate) fn media(&mut self, features: &[(&str, &str)], medium: &str) {
        let features: Vec<Value> = features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.call("Emulation.setEmulatedMedia", json!({ "media": medium, "features": features }));
    }

    /// Opens an address and waits until everything of it is there.
    pub(crate) fn open(&mut self, url: &str) {
        self.session.events.retain(|event| event["method"] != "Page.loadEventFired");
        let answer = self.call("Page.navigate", json!({ "url": url }));
        assert!(answer.get("errorText").is_none(), "{url}: {}", answer["errorText"]);
        if answer.get("loaderId").is_some() {
            self.loaded();
        }
    }

    fn loaded(&mut self) {
        while !self.session.events.iter().any(|event| event["method"] == "Page.loadEventFired") {
            let event = self.session.next("the page");
            self.session.events.push(event);
        }
    }

    /// The value of an expression.
    pub(crate) fn get(&mut self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "returnByValue": true });
        self.value("Runtime.evaluate", params, expression)
    }

    /// The value that an expression promises.
    pub(crate) fn promised(&mut self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        self.value("Runtime.evaluate", params, expression)
    }

    fn value(&mut self, method: &str, params: Value, expression: &str) -> Value {
        let answer = self.call(method, params);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {}", answer["exceptionDetails"]["exception"]["description"]);
        answer["result"]["value"].clone()
    }

    /// The texts that an expression gives.
    pub(crate) fn texts(&mut self, expression: &str) -> Vec<String> {
        let value = self.get(expression);
        let list = value.as_array().unwrap_or_else(|| panic!("{expression} is no list: {value}"));
        list.iter().map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned)).collect()
    }

    /// Waits until an expression holds.
    pub(crate) fn until(&mut self, expression: &str, what: &str) {
        let end = Instant::now() + PATIENCE / 3;
        while self.get(expression) != Value::Bool(true) {
            let at = self.get("location.href + ' ' + innerWidth + 'x' + innerHeight");
            assert!(Instant::now() < end, "{what}: this never came true at {at}: {expression}");
            thread::sleep(Duration::from_millis(15));
        }
    }

    /// The middle of the first line of an element, after it was brought into the middle of the screen and all stands still.
    fn middle(&mut self, selector: &str) -> (f64, f64) {
        let named = json!(selector);
        self.until(&format!("!!document.querySelector({named})?.getClientRects().length"), selector);
        self.get(&format!("document.querySelector({named}).scrollIntoView({{ block: 'center', behavior: 'instant' }})"));
        // What follows the scrolling runs for ever, and does not move by itself.
        self.until(
            "document.getAnimations().every(one => one.timeline !== document.timeline || one.playState !== 'running')",
            "all stands still",
        );
        let place = self
            .get(&format!("(box => [box.x + box.width / 2, box.y + box.height / 2])(document.querySelector({named}).getClientRects()[0])"));
        (place[0].as_f64().expect("a number"), place[1].as_f64().expect("a number"))
    }

    /// Clicks on an element with the mouse.
    pub(crate) fn click(&mut self, selector: &str) {
        let (x, y) = self.middle(selector);
        for (kind, button, count) in [("mouseMoved", "none", 0), ("mousePressed", "left", 1), ("mouseReleased", "left", 1)] {
            self.call("Input.dispatchMouseEvent", json!({ "type": kind, "x": x, "y": y, "button": button, "clickCount": count }));
        }
    }

    /// Brings the mouse over an element, from outside.
    pub(crate) fn hover(&mut self, selector: &str) {
        let (x, y) = self.middle(selector);
        for x in [x - 1.0, x] {
            self.call("Input.dispatchMouseEvent", json!({ "type": "mouseMoved", "x": x, "y": y }));
        }
    }

    /// Taps on an element with a finger.
    pub(crate) fn tap(&mut self, selector: &str) {
        let (x, y) = self.middle(selector);
        self.call("Input.dispatchTouchEvent", json!({ "type": "touchStart", "touchPoints": [{ "x": x, "y": y }] }));
        self.call("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] }));
    }

    /// Puts the focus on an element and presses a key; the mouse lies in a corner.
    pub(crate) fn press_on(&mut self, selector: &str, key: &str) {
        self.call("Input.dispatchMouseEvent", json!({ "type": "mouseMoved", "x": 1, "y": 1 }));
        self.get(&format!("document.querySelector({}).focus()", json!(selector)));
        self.press(key);
    }

    /// Presses a key.
    pub(crate) fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            "Tab" => (9, ""),
            " " => (32, " "),
            _ => panic!("the key {key} is not known here"),
        };
        let down = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        for kind in [down, "keyUp"] {
            let mut event = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
            if kind == "keyDown" {
                event["text"] = text.into();
            }
            self.call("Input.dispatchKeyEvent", event);
        }
    }

    /// What the browser said of this page: on the console, or of errors.
    pub(crate) fn complaints(&mut self) -> Vec<String> {
        self.get("0");
        let said = ["Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"];
        let events = self.session.events.iter().filter(|event| said.iter().any(|name| event["method"] == *name));
        events.map(|event| event["params"].to_string()).collect()
    }

    /// All that the browser has told of this page.
    #[cfg(feature = "watch")]
    pub(crate) fn events(&self) -> &[Value] {
        &self.session.events
    }

    /// Every address that the page asked for.
    pub(crate) fn asked(&self) -> Vec<String> {
        let events = self.session.events.iter().filter(|event| event["method"] == "Network.requestWillBeSent");
        events.filter_map(|event| event["params"]["request"]["url"].as_str().map(str::to_owned)).collect()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if !thread::panicking() {
            self.browser.ask("Target.disposeBrowserContext", json!({ "browserContextId": self.context }));
        }
    }
}
