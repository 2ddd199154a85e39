using System.Text.Json.Nodes;
using CloudSweep.Cli.Diagnosis;
using CloudSweep.Core.Domain;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Diagnosis;

public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Examine_OneCheckCanNotLook_GoesOnWithTheNext()
    {
        var examined = await ExamineAsync(isMending: false, new ScriptedCheck(new StoreUnavailableException("The disk is gone.")), new ScriptedCheck(new CheckResult.Ok("fine")));

        Assert.Equal("The disk is gone.", Assert.IsType<CheckResult.Wrong>(examined[0].Result).Problem);
        Assert.IsType<CheckResult.Ok>(examined[1].Result);
    }

    [Fact]
    public async Task Examine_Mending_CreatesAndLooksAgain()
    {
        var check = new ScriptedCheck(new CheckResult.Wrong("absent", "make it")) { AfterMending = new CheckResult.Ok("there") };

        var examined = Assert.Single(await ExamineAsync(isMending: true, check));

        Assert.Equal((new CheckResult.Ok("there"), true), (examined.Result, examined.IsMended));
    }

    [Fact]
    public async Task Examine_MendingWhatIsWhole_CreatesNothing()
    {
        var check = new ScriptedCheck(new CheckResult.Ok("there")) { AfterMending = new CheckResult.Ok("other") };

        Assert.Equal(new Examined("scripted", new CheckResult.Ok("there"), IsMended: false), Assert.Single(await ExamineAsync(isMending: true, check)));
    }

    [Fact]
    public async Task Examine_MendingWhatNoProgramCanMend_StaysWrong()
    {
        var examined = Assert.Single(await ExamineAsync(isMending: true, new ScriptedCheck(new CheckResult.Wrong("bad", "do it"))));

        Assert.Equal((new CheckResult.Wrong("bad", "do it"), false), (examined.Result, examined.IsMended));
    }

    [Fact]
    public async Task FolderCheck_AbsentFolder_IsMadeByMending()
    {
        var check = new FolderCheck("cache", _folder["cache"], isMadeWhenNeeded: false);

        Assert.Contains("mkdir -p", Assert.IsType<CheckResult.Wrong>(await check.LookAsync(None)).Mend, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["cache"]));
        Assert.True(await check.MendAsync(None));
        Assert.IsType<CheckResult.Ok>(await check.LookAsync(None));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["cache"]));
    }

    [Fact]
    public async Task FolderCheck_MadeWhenNeeded_LooksAtTheFolderAbove()
    {
        var result = await new FolderCheck("state", _folder["a/b"], isMadeWhenNeeded: true).LookAsync(None);

        Assert.Contains("(made when needed)", Assert.IsType<CheckResult.Ok>(result).Detail, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    [Fact]
    public async Task Checks_NothingSetUp_AreFewAndNothingIsWrong()
    {
        await using var checks = new DoctorChecks(Cli.Hosting.CommandSettings.Read());

        var examined = await Doctor.ExamineAsync(checks.Of(coordinator: null, _folder["state"]), isMending: false, None).ToListAsync(None);

        Assert.Equal(["state folder", "credentials", "topic", "subscription", "coordinator", "clock"], examined.Select(one => one.Name));
        Assert.DoesNotContain(examined, one => one.Result is CheckResult.Wrong);
    }

    [Fact]
    public void Text_LongDetails_FitEightyColumns()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var words = string.Join(' ', Enumerable.Repeat("many words", 30));

        DoctorText.Write(output, new Examined("subscription", new CheckResult.Wrong(words, words), IsMended: false));
        DoctorText.Write(output, new Examined("topic", new CheckResult.Ok("projects/p/topics/t"), IsMended: true));

        var lines = output.ToString().Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.StartsWith("WRONG  subscription   many", lines[0], StringComparison.Ordinal);
        Assert.Contains("mended topic          projects/p/topics/t", lines);
    }

    [Fact]
    public void Json_Findings_HasOneShape()
    {
        var json = DoctorJson.Write([new Examined("topic", new CheckResult.Wrong("absent", "make it"), IsMended: false), new Examined("clock", new CheckResult.NotUsed("none"), IsMended: false)]);

        Assert.Equal(
            """{"schemaVersion":1,"ok":false,"checks":[{"check":"topic","status":"wrong","detail":"absent","mend":"make it","mended":false},{"check":"clock","status":"notUsed","detail":"none","mend":null,"mended":false}]}""",
            JsonNode.Parse(json)!.ToJsonString());
    }

    private static async Task<IReadOnlyList<Examined>> ExamineAsync(bool isMending, params IDoctorCheck[] checks) => await Doctor.ExamineAsync(checks, isMending, None).ToListAsync(None);

    private sealed class ScriptedCheck : IDoctorCheck
    {
        private readonly Exception? _failure;
        private CheckResult? _result;

        public ScriptedCheck(CheckResult result) => _result = result;

        public ScriptedCheck(Exception failure) => _failure = failure;

        public string Name => "scripted";

        public CheckResult? AfterMending { get; init; }

        public Task<CheckResult> LookAsync(CancellationToken cancellationToken) => _failure is null ? Task.FromResult(_result!) : Task.FromException<CheckResult>(_failure);

        public Task<bool> MendAsync(CancellationToken cancellationToken)
        {
            _result = AfterMending ?? _result;
            return Task.FromResult(AfterMending is not null);
        }
    }
}
