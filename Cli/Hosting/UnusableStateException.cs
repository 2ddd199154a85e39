using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Hosting;

/// <summary>The folder of <c>--state</c> can't be worked with, which is the caller's to mend.</summary>
internal sealed class UnusableStateException(string path, string problem, Exception? inner = null)
    : CloudSweepException($"--state '{path}' can't be used: {problem.TrimEnd('.')}. Give a folder that can be made and written.", inner);
