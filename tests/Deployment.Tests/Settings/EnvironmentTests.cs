using System.Text.RegularExpressions;
using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Processes;

namespace CloudSweep.Deployment.Tests.Settings;

/// <summary>In containers settings are variables of the environment, so a misspelt one must not be passed over.</summary>
public sealed partial class EnvironmentTests : IDisposable
{
    private const string CoordinatorProgram = "CloudSweep.Coordinator.dll";
    private const string WorkerProgram = "CloudSweep.Worker.dll";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CoordinatorProgram, "CloudSweep__Leases__Durations", "Did you mean 'CloudSweep__Leases__Duration'?")]
    [InlineData(CoordinatorProgram, "CloudSweep__Checkpoint__Location", "Did you mean 'CloudSweep__Checkpoints__Location'?")]
    [InlineData(WorkerProgram, "CloudSweep__Worker__Slotz", "Did you mean 'CloudSweep__Worker__Slots'?")]
    [InlineData(WorkerProgram, "CloudSweep__Banana", "docs/operations.md tells which there are.")]
    public async Task Start_MisspeltVariable_IsRefusedWithAdvice(string program, string variable, string advice)
    {
        var (exitCode, errors) = await StartAsync(program, new Dictionary<string, string> { [variable] = "x" });

        Assert.Equal(2, exitCode);
        Assert.Contains($"'{variable}' is no setting. {advice}", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CoordinatorProgram)]
    [InlineData(WorkerProgram)]
    public async Task Start_VariablesOfBothHosts_AreNoMistakes(string program)
    {
        // A compose file or a machine may have one environment for all.
        var names = SettingInATable().Matches(await File.ReadAllTextAsync(Repository.PathOf("docs", "operations.md"), TestContext.Current.CancellationToken)).Select(match => match.Groups[1].Value)
            .Concat(["Tls:CertificateFile", "Tls:KeyFile", "Tokens:File", "Oidc:Issuer", "Oidc:Workers", "Scaler:Listen", "Scaler:ClientCaFile", "PubSub:Topic", "CloudStorage:MaxAttempts", "Logging:LogLevel:Default"])
            .Select(name => name is "Data:AllowedRoots" or "Data:AllowedBuckets" or "Oidc:Workers" ? $"{name}:0" : name)
            .Distinct()
            .ToArray();
        Assert.InRange(names.Length, 25, 100);

        var (exitCode, errors) = await StartAsync(program, names.ToDictionary(name => $"CloudSweep__{name.Replace(":", "__", StringComparison.Ordinal)}", _ => "x"));

        Assert.Equal(2, exitCode);
        Assert.DoesNotContain("is no setting", errors, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Errors)> StartAsync(string program, Dictionary<string, string> environment)
    {
        await using var process = ChildProcess.Start(program, _folder.Root, environment);
        var (exitCode, _, errors) = await process.WaitAsync();
        return (exitCode, errors);
    }

    [GeneratedRegex(@"^\| `([A-Z][A-Za-z:]+)` \|", RegexOptions.Multiline)]
    private static partial Regex SettingInATable();
}
