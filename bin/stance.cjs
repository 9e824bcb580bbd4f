#!/usr/bin/env node
'use strict';
// Plain old syntax: an outdated Node must be able to read this file far enough to say what is wrong.
var path = require('path');
var fs = require('fs');
var childProcess = require('child_process');

var root = path.join(__dirname, '..');
var parts = process.versions.node.split('.').map(Number);
var isSupported = parts[0] > 22 || (parts[0] === 22 && parts[1] >= 18);

function reexecute(node) {
  // Ctrl-C reaches the child too, which ends in its own time; waiting for it is all that is left to do here.
  process.on('SIGINT', () => {});
  var result = childProcess.spawnSync(node, [__filename].concat(process.argv.slice(2)), {
    stdio: 'inherit',
    env: Object.assign({}, process.env, { STANCE_REEXECUTED: '1' }),
  });
  if (result.signal) process.kill(process.pid, result.signal);
  process.exit(result.status === null ? 4 : result.status);
}

function main() {
  var bundledNode = path.join(root, 'node_modules', '.bin', 'node');
  if (!isSupported && !process.env.STANCE_REEXECUTED && fs.existsSync(bundledNode))
    return reexecute(bundledNode);
  if (!isSupported) {
    console.error(
      'stance needs Node 22.18 or newer; this is ' +
        process.versions.node +
        '. Run "npm ci" in the project, or install Node 24.',
    );
    process.exit(2);
  }
  // The embedded database is WebAssembly: optimising it costs 60 to 130 MB of memory and no scan is long enough
  // to earn that back.
  require('v8').setFlagsFromString('--wasm-tiering-budget=200000000');
  var nodeModule = require('node:module');
  if (nodeModule.enableCompileCache) nodeModule.enableCompileCache();
  var built = path.join(root, 'dist', 'cli', 'main.js');
  var source = path.join(root, 'src', 'cli', 'main.ts');
  import(require('url').pathToFileURL(fs.existsSync(source) ? source : built).href)
    .then((cli) => cli.runFromProcess())
    .catch((error) => {
      console.error(error);
      process.exit(4);
    });
}

main();
