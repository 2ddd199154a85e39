using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CloudSweep.Browser.Tests;

/// <summary>A report in a browser, opened from its file as one that came by mail.</summary>
public sealed class ReportTests(Chromium chromium, Reports reports)
{
    private static readonly BrowserNewContextOptions Wide = new() { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } };

    public static readonly TheoryData<string, ColorScheme> InBothSchemes = new()
    {
        { "digits", ColorScheme.Light },
        { "digits", ColorScheme.Dark },
        { "pruned", ColorScheme.Dark },
    };

    [Theory]
    [MemberData(nameof(InBothSchemes))]
    public async Task Open_AnyReport_SaysNothingLoadsNothingAndIsAccessible(string name, ColorScheme scheme)
    {
        await using var report = await chromium.OpenAsync(reports[name], new BrowserNewContextOptions(Wide) { ColorScheme = scheme });

        await report.ShowAsync($"{name}-{scheme}");
        var audit = await report.Page.RunAxe();

        Assert.Empty(report.Complaints);
        Assert.True(audit.Violations.Length == 0, string.Join('\n', audit.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}")));
        Assert.NotEmpty(audit.Passes);
    }

    [Theory]
    [InlineData("digits")]
    [InlineData("pruned")]
    public async Task Open_AnyReport_DrawsEveryRateOfEveryTable(string name)
    {
        await using var report = await chromium.OpenAsync(reports[name], Wide);

        var combinations = report.Page.Locator("section.combination");
        Assert.NotEqual(0, await combinations.CountAsync());
        for (var index = 0; index < await combinations.CountAsync(); index++)
        {
            var combination = combinations.Nth(index);
            var rates = await combination.Locator("tbody tr").CountAsync();
            Assert.Equal(rates, await combination.Locator("[data-chart^=scores] .scatterlayer .points path").CountAsync());
            Assert.Equal(rates, await combination.Locator("[data-chart^=scores] .textpoint").CountAsync());
            Assert.InRange(await combination.Locator("[data-chart^=losses] .scatterlayer .js-line").CountAsync(), 1, rates);
            var curves = await combination.Locator("[data-chart^=losses]").EvaluateAsync<int>("chart => chart.data.length");
            Assert.Equal(rates, curves);
        }
    }

    [Theory]
    [InlineData("digits", ColorScheme.Light)]
    [InlineData("pruned", ColorScheme.Dark)]
    [InlineData("hostile", ColorScheme.Light)]
    public async Task Open_Phone_ScrollsNothingSidewaysButTables(string name, ColorScheme scheme)
    {
        await using var report = await chromium.OpenAsync(reports[name], new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 360, Height = 740 }, ColorScheme = scheme });

        await report.ShowAsync($"{name}-phone-{scheme}");

        Assert.Equal(360, await report.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Equal(0, await report.Page.EvaluateAsync<int>("[...document.querySelectorAll('.chart svg')].filter(chart => chart.getBoundingClientRect().right > 360).length"));
        Assert.Equal(0, await report.Page.EvaluateAsync<int>("[...document.querySelectorAll('.chart .plot')].filter(plot => plot.getBoundingClientRect().width < 200).length"));
    }

    [Fact]
    public async Task Open_SchemeChanges_ChartsFollow()
    {
        await using var report = await chromium.OpenAsync(reports["digits"], new BrowserNewContextOptions(Wide) { ColorScheme = ColorScheme.Light });
        var light = await ColoursAsync(report.Page);

        await report.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        var dark = await ColoursAsync(report.Page);

        await report.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark, Media = Media.Print });
        var paper = await ColoursAsync(report.Page);

        Assert.All(new[] { light, dark, paper }, colours => Assert.True(Contrast(colours[0], colours[1]) > 7, string.Join(' ', colours)));
        Assert.NotEqual(light, dark);
        Assert.Equal("rgb(255, 255, 255)", paper[1]);
    }

    [Theory]
    [InlineData("digits", 4, 14)]
    [InlineData("pruned", 4, 14)]
    public async Task Print_AnyReport_HasEverythingWithinThePage(string name, int leastPages, int mostPages)
    {
        // The printable width of A4.
        await using var report = await chromium.OpenAsync(reports[name], new BrowserNewContextOptions(Wide) { ColorScheme = ColorScheme.Dark });
        await report.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        await report.Page.SetViewportSizeAsync(688, 1000);

        await report.ShowAsync($"{name}-print");

        Assert.InRange(await report.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, 688);
        Assert.Equal(0, await report.Page.EvaluateAsync<int>("[...document.querySelectorAll('h2, h3, table, figure, pre, .chart svg')].filter(part => part.getBoundingClientRect().height === 0 || part.getBoundingClientRect().right > 689).length"));
        var pdf = System.Text.Encoding.Latin1.GetString(await report.Page.PdfAsync(new PagePdfOptions { Format = "A4" }));
        Assert.InRange(Regex.Count(pdf, @"/Type\s*/Page\b"), leastPages, mostPages);
    }

    [Fact]
    public async Task Open_WithoutJavaScript_HasTheAnswerAndTheTablesAndSaysWhatIsMissing()
    {
        await using var report = await chromium.OpenAsync(reports["digits"], new BrowserNewContextOptions(Wide) { JavaScriptEnabled = false });

        await report.ShowAsync("digits-no-script");

        Assert.Contains("Take sgd with learning rate 0.215", await report.Page.Locator(".take").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await report.Page.GetByText("The charts need JavaScript.").IsVisibleAsync());
        Assert.Equal(48, await report.Page.Locator("table.sortable tbody tr:visible").CountAsync());
        Assert.Equal(0, await report.Page.Locator("figure:visible").CountAsync());
    }

    [Fact]
    public async Task Sort_ScoreHeaderTwice_OrdersTheTrialsBothWays()
    {
        await using var report = await chromium.OpenAsync(reports["digits"], Wide);
        var header = report.Page.Locator("table.sortable th").Nth(5);

        await header.GetByRole(AriaRole.Button).ClickAsync();
        var ascending = await ScoresAsync(report.Page);
        await header.GetByRole(AriaRole.Button).ClickAsync();
        var descending = await ScoresAsync(report.Page);

        Assert.Equal(48, ascending.Length);
        Assert.Equal(ascending.Where(double.IsFinite).Order(), ascending.Where(double.IsFinite));
        Assert.Equal(ascending.Where(double.IsFinite).Reverse(), descending.Where(double.IsFinite));
        Assert.Equal("descending", await header.GetAttributeAsync("aria-sort"));
    }

    [Fact]
    public async Task Open_HostileNames_AreShownAndNotRun()
    {
        await using var report = await chromium.OpenAsync(reports["hostile"], Wide);

        var text = await report.Page.Locator("body").InnerTextAsync();

        Assert.Empty(report.Complaints);
        Assert.Equal(0, await report.Page.Locator("img, iframe, b").CountAsync());
        Assert.Equal(2, Regex.Count(text, Regex.Escape(Reports.Hostile)));
        Assert.Contains("alert(2)", await report.Page.Locator("#sweep-file").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(await report.Page.Locator("[data-chart]").CountAsync() + 2, await report.Page.Locator("script").CountAsync());
    }

    /// <summary>Colour of a chart's text, and of the page behind it.</summary>
    private static Task<string[]> ColoursAsync(IPage page) => page.EvaluateAsync<string[]>(
        "[getComputedStyle(document.querySelector('.chart .xtick text')).fill, getComputedStyle(document.body).backgroundColor]");

    // Of two colours as WCAG 2 has it.
    private static double Contrast(string first, string second)
    {
        var (low, high) = (Luminance(first), Luminance(second));
        return (Math.Max(low, high) + 0.05) / (Math.Min(low, high) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var channels = Regex.Matches(colour, "[0-9]+").Take(3)
            .Select(match => double.Parse(match.Value, System.Globalization.CultureInfo.InvariantCulture) / 255)
            .Select(channel => channel <= 0.03928 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4))
            .ToArray();
        return (0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2]);
    }

    private static async Task<double[]> ScoresAsync(IPage page) =>
        [.. (await page.EvaluateAsync<string[]>("[...document.querySelectorAll('table.sortable tbody tr')].map(row => row.cells[5].querySelector('data')?.value ?? 'NaN')"))
            .Select(value => double.Parse(value, System.Globalization.CultureInfo.InvariantCulture))];
}
