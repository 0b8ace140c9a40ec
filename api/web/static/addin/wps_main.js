"use strict";
// WPS runs this in a page that is never shown. The names are those of ribbon.xml.

function duibiaoApplication() {
  return window.Application || window.wps;
}

// The pane's address lies beside this file's: nothing here needs to know the server's name.
function duibiaoAddress(rest) {
  return window.location.href.replace(/[?#].*$/, "").replace(/wps\/[^/]*$/, "") + rest;
}

function duibiaoShow(rest) {
  var application = duibiaoApplication();
  var maker = application.CreateTaskPane ? application : window.wps;
  var kept = application.PluginStorage || window.wps.PluginStorage;
  var id = kept.getItem("duibiao_pane");
  var shown = id ? maker.GetTaskPane(id) : null;
  if (shown && !rest) {
    shown.Visible = !shown.Visible;
    return;
  }
  if (shown) shown.Delete();
  var pane = maker.CreateTaskPane(duibiaoAddress(rest || "?host=wps"));
  kept.setItem("duibiao_pane", pane.ID);
  pane.Visible = true;
}

function OnAddinLoad(ribbon) {
  duibiaoApplication().ribbonUI = ribbon;
  return true;
}

function OnAction(control) {
  duibiaoShow(control.Id === "duibiaoVerify" ? "?host=wps&do=check" : "");
  return true;
}

function GetImage() {
  return duibiaoAddress("icon-32.png");
}
