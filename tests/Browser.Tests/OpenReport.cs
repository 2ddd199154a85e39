using Microsoft.Playwright;

namespace CloudSweep.Browser.Tests;

/// <summary>A report in a window of its own, and what went wrong with it.</summary>
public sealed class OpenReport : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private OpenReport(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, exceptions, dialogs, and requests for anything but the file itself.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<OpenReport> OpenAsync(IBrowserContext context, string report)
    {
        var opened = new OpenReport(context, await context.NewPageAsync());
        var address = new Uri(report).AbsoluteUri;
        opened.Listen(address);
        await opened.Page.GotoAsync(address);
        return opened;
    }

    /// <summary>Puts a picture into the folder that CLOUDSWEEP_SCREENSHOTS names, to look at.</summary>
    public async Task ShowAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("CLOUDSWEEP_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Listen(string address)
    {
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add($"{message.Type}: {message.Text}");
            }
        };
        Page.PageError += (_, error) => _complaints.Add($"exception: {error}");
        Page.Dialog += (_, dialog) => _complaints.Add($"dialog: {dialog.Message}");
        Page.Request += (_, request) =>
        {
            if (request.Url != address && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                _complaints.Add($"request: {request.Url}");
            }
        };
    }
}
