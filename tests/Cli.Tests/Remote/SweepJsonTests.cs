using System.Text.Json.Nodes;
using CloudSweep.Cli.Remote;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Tests.Remote;

/// <summary>Scripts rely on these names.</summary>
public sealed class SweepJsonTests
{
    [Fact]
    public void List_ASweep_HasItsState()
    {
        var json = JsonNode.Parse(SweepJson.List([SomeSweeps.Of("digits-0000000b")]))!.AsObject();

        Assert.Equal(["schemaVersion", "sweeps"], Names(json));
        var sweep = Assert.Single(json["sweeps"]!.AsArray())!.AsObject();
        Assert.Equal(["sweep", "id", "state", "reason", "stopped", "rounds", "createdAt", "elapsedSeconds", "trials", "best"], Names(sweep));
        Assert.Equal(("digits", "digits-0000000b", "Running", "2026-11-01T09:00:00Z"), ((string)sweep["sweep"]!, (string)sweep["id"]!, (string)sweep["state"]!, (string)sweep["createdAt"]!));
        Assert.Equal(["total", "completed", "pruned", "diverged", "failed", "cancelled", "pending", "running"], Names(sweep["trials"]!.AsObject()));
        Assert.Equal(0.5, (double)sweep["best"]!["metrics"]!["val_loss"]!);
    }

    [Fact]
    public void Submitted_NewSweepOnOtherData_SaysWhatChanged()
    {
        var submitted = new SubmitSweepResponse { Sweep = "a-0000000b", DataChange = new DataChange { Since = "a-0000000a", Difference = "part-1 changed" }, Cancelled = { "a-0000000a" } };

        var json = JsonNode.Parse(SweepJson.Submitted(submitted, "a", SweepState.Preparing))!.AsObject();

        Assert.Equal(["schemaVersion", "sweep", "id", "state", "existed", "dataChange", "cancelled"], Names(json));
        Assert.Equal("a-0000000a", (string)json["dataChange"]!["since"]!);
    }

    [Fact]
    public void Action_Anything_HasOneShape()
    {
        var outcome = new ActionOutcome(SomeSweeps.Of("a-0000000b"), "extend", SweepState.Running, IsChanged: true, [5, 6], [0.1], "");

        Assert.Equal(
            """{"schemaVersion":1,"sweep":"a","id":"a-0000000b","action":"extend","state":"Running","changed":true,"trials":[5,6],"rates":[0.1]}""",
            JsonNode.Parse(SweepJson.Action(outcome))!.ToJsonString());
    }

    [Fact]
    public void Written_NoModel_HasNull() => Assert.Equal(
        """{"schemaVersion":1,"sweep":"a","id":"a-0000000b","state":"Running","files":["/r/report.html"],"report":"/r/report.html","model":null}""",
        JsonNode.Parse(SweepJson.Written(new WrittenFiles(SomeSweeps.Of("a-0000000b"), ["/r/report.html"], "/r/report.html", null)))!.ToJsonString());

    private static IEnumerable<string> Names(JsonObject json) => json.Select(property => property.Key);
}
