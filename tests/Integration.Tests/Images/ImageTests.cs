using System.Text.Json;
using System.Text.RegularExpressions;
using CloudSweep.TestSupport.Containers;

namespace CloudSweep.Integration.Tests.Images;

/// <summary>What is in the images, and as whom they run.</summary>
[Trait("Category", "Container")]
public sealed partial class ImageTests(OurImages images) : IClassFixture<OurImages>, IAsyncLifetime
{
    private const string User = "1654";

    public static TheoryData<string> Names => [.. OurImages.Names];

    public async ValueTask InitializeAsync() => await images.ReadAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task User_OfEveryImage_IsNotRoot(string name)
    {
        Assert.Equal(User, images.ConfigOf(name).GetProperty("User").GetString());
        Assert.Equal(User, await Docker.RunAsync("run", "--rm", "--network", "none", "--entrypoint", "id", CloudSweepImage.Of(name), "-u"));
    }

    // A shell would keep SIGTERM to itself.
    [Theory]
    [MemberData(nameof(Names))]
    public void Commands_OfEveryImage_StartTheProgramItself(string name)
    {
        var config = images.ConfigOf(name);

        Assert.Equal("dotnet", config.GetProperty("Entrypoint")[0].GetString());
        Assert.True(name == "cli" || config.GetProperty("Healthcheck").GetProperty("Test")[0].GetString() == "CMD");
    }

    [Fact]
    public void Layers_OfAllImages_HoldNoSecret()
    {
        Assert.NotEmpty(images.Files);
        Assert.DoesNotContain(images.Files, file => file.Secret is not null);
        Assert.DoesNotContain(images.Files, file => SuspiciousPath().IsMatch(file.Path));
    }

    [Fact]
    public void Layers_AboveTheBaseImage_HoldProgramsAndNothingElse()
    {
        var ours = images.Files.Where(file => file.IsOurs && !file.Path.EndsWith('/')).Select(file => file.Path).ToList();

        Assert.Contains("app/CloudSweep.Worker.dll", ours);
        Assert.All(ours, path => Assert.Matches(OurPath(), path));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Settings_OfEveryImage_HoldNoSecret(string name)
    {
        var variables = images.ConfigOf(name).GetProperty("Env").EnumerateArray().Select(variable => variable.GetString()!);
        var history = await Docker.RunAsync("history", "--no-trunc", "--format", "{{.CreatedBy}}", CloudSweepImage.Of(name));

        Assert.DoesNotMatch(SuspiciousName(), string.Join('\n', [.. variables, history]));
        Assert.DoesNotContain(images.ConfigOf(name).EnumerateObject(), part => part is { Name: "Labels", Value.ValueKind: JsonValueKind.Object } && SuspiciousName().IsMatch(part.Value.GetRawText()));
    }

    [GeneratedRegex(@"(^|/)(\.git|\.nuget|\.cloudsweep|\.docker|\.ssh|\.aws|\.env|\.netrc|\.npmrc|id_[a-z0-9]+|NuGet\.Config|.*\.(key|pfx|p12|token)|tokens|application_default_credentials\.json)(/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex SuspiciousPath();

    [GeneratedRegex(@"(passw|secret|token|api_?key)\w*\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex SuspiciousName();

    [GeneratedRegex(@"^app/([A-Za-z0-9._-]+\.(dll|pdb|deps\.json|runtimeconfig\.json|staticwebassets\.endpoints\.json)|web\.config|runtimes/[a-z0-9-]+/native/[a-z0-9_]+\.so)$")]
    private static partial Regex OurPath();
}
