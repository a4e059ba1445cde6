// The admin follows the theme that was chosen on the pages; before the first paint, so not deferred.
"use strict";

const chosen = /(?:^|; )theme=(light|dark)(?:;|$)/.exec(document.cookie);
document.documentElement.dataset.theme = chosen ? chosen[1] : "auto";
