using CloudSweep.TestSupport;
using Microsoft.Playwright;

namespace CloudSweep.Browser.Tests;

/// <summary>
/// The machine's Chromium, driven by Playwright. Tests are skipped where there is none (CLOUDSWEEP_REQUIRE_BROWSER=1: fail). Nothing is ever downloaded.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Missing = "These tests need Chromium: 'apt-get install chromium', or set CLOUDSWEEP_CHROMIUM to its program.";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if ((Environment.GetEnvironmentVariable("CLOUDSWEEP_CHROMIUM") ?? Names.Select(RequiredTools.Find).FirstOrDefault(path => path is not null)) is not { } program)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            // Chromium's sandbox does not work for root, as which CI runs.
            Args = Environment.UserName == "root" ? ["--no-sandbox"] : [],
        });
    }

    /// <summary>Opens a report from its file.</summary>
    /// <param name="report">Its path.</param>
    /// <param name="options">Window, colours, with or without JavaScript.</param>
    public async Task<OpenReport> OpenAsync(string report, BrowserNewContextOptions? options = null)
    {
        if (_browser is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CLOUDSWEEP_REQUIRE_BROWSER") == "1", Missing);
            Assert.Skip(Missing);
        }

        return await OpenReport.OpenAsync(await _browser.NewContextAsync(options), report);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
