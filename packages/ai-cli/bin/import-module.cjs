"use strict";

/**
 * Imports a module by its URL. In bundles it stands for `import`, which Node has for code alone that it loads itself.
 * @param {string} url
 */
module.exports = (url) => import(url);
