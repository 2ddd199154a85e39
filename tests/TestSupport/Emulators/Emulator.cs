using System.Diagnostics;
using CloudSweep.TestSupport.Containers;
using CloudSweep.TestSupport.Processes;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Networks;

namespace CloudSweep.TestSupport.Emulators;

/// <summary>
/// A service that tests have in place of Google's, started at the first use in the form that <see cref="EmulatorForm.Choose"/> says.
/// One serves all tests of an assembly. Without an emulator tests are skipped (CLOUDSWEEP_REQUIRE_EMULATORS=1: fail).
/// </summary>
/// <param name="traits">What kind it is.</param>
/// <param name="endpoint">Value of the variable that names a running one; null for one of its own.</param>
/// <param name="network">A network of containers that it must be on; null: anything will do.</param>
public abstract class Emulator(EmulatorTraits traits, string? endpoint, INetwork? network) : IAsyncDisposable
{
    private static readonly TimeSpan TimeToStart = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _starting = new(1);
    private EmulatorForm? _form;
    private string? _address;
    private int _port;
    private IProgram? _program;

    /// <summary>Its address as clients take it from their environment, ready to be called. Skips the test where there is none.</summary>
    public async Task<string> RequireAsync()
    {
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_address is null)
            {
                _form ??= EmulatorForm.Choose(await LookAroundAsync());
                _address = _form is EmulatorForm.Existing(var address) ? await PrepareAsync(address) : await StartOnFreePortAsync();
            }

            return _address;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Kills it, with all that it keeps in memory.</summary>
    public async Task StopAsync()
    {
        if (_program is { } program)
        {
            _program = null;
            await program.DisposeAsync();
        }
    }

    /// <summary>Kills it and starts another at the same address.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _starting.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds to its container what it needs to run.</summary>
    protected abstract ContainerBuilder Describe(ContainerBuilder container);

    /// <summary>True where it can be started as a process.</summary>
    protected abstract bool HasProgram { get; }

    protected abstract IProgram StartProcess(int port);

    /// <summary>Gives one that runs already what those of the tests' own start with. Returns its address.</summary>
    protected virtual Task<string> PrepareAsync(string address) => Task.FromResult(address);

    private async Task<EmulatorSurroundings> LookAroundAsync() => new(
        endpoint,
        string.IsNullOrWhiteSpace(endpoint) && await DockerEngine.HasImageAsync(traits.Image, traits.MayPull),
        HasProgram && network is null);

    private async Task<string> StartOnFreePortAsync()
    {
        _port = FreePort.Next();
        await StartAsync();
        return $"{traits.AddressPrefix}127.0.0.1:{_port}";
    }

    private async Task StartAsync()
    {
        _program = _form switch
        {
            EmulatorForm.Container => await StartContainerAsync(),
            EmulatorForm.Process => StartProcess(_port),
            EmulatorForm.Existing => throw new InvalidOperationException("An emulator that others started is not restarted; tests that do need one of their own."),
            _ => null,
        };
        if (_program is null)
        {
            RequiredTools.Skip(traits.Missing);
        }
        else
        {
            await WaitUntilReadyAsync(_program);
        }
    }

    private async Task<IProgram> StartContainerAsync()
    {
        var container = Describe(new ContainerBuilder(traits.Image)).WithLoopbackPort(_port, traits.Port);
        return await ContainerProgram.StartAsync(network is null ? container : container.WithNetwork(network).WithNetworkAliases(traits.Name));
    }

    private async Task WaitUntilReadyAsync(IProgram program)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
        var watch = Stopwatch.StartNew();
        while (!await AnswersAsync(http))
        {
            Assert.True(watch.Elapsed < TimeToStart, $"The emulator {traits.Name} did not answer within {TimeToStart.TotalSeconds} s:\n{program.Said}");
            await Task.Delay(Poll, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(traits.HealthPath, TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
