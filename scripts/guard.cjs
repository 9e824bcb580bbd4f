'use strict';
// First step of every npm script. Plain old syntax: an outdated Node must be able to say what is wrong.
var MIN_MAJOR = 22;
var MIN_MINOR = 18;

function isSupported(version) {
  var parts = version.split('.').map(Number);
  return parts[0] > MIN_MAJOR || (parts[0] === MIN_MAJOR && parts[1] >= MIN_MINOR);
}

function main(version) {
  if (isSupported(version)) return;
  console.error(
    'Stance needs Node ' +
      MIN_MAJOR +
      '.' +
      MIN_MINOR +
      ' or newer; this is ' +
      version +
      '. Run "npm ci" so that the project brings its own, or install Node 24.',
  );
  process.exit(2);
}

module.exports = { isSupported: isSupported };
if (require.main === module) main(process.versions.node);
