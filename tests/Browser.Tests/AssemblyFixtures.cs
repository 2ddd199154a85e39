using CloudSweep.Browser.Tests;

// One browser and one set of reports for all tests.
[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(Reports))]
