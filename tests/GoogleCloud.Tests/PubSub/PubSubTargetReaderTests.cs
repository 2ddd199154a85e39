using CloudSweep.GoogleCloud.PubSub;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

public sealed class PubSubTargetReaderTests
{
    private static readonly PubSubEnvironment Nothing = new(null, null);

    [Fact]
    public void Read_Ids_AreCompletedByTheProject()
    {
        var target = ReadGood(new PubSubOptions { Project = "p1", Topic = "jobs", Subscription = "workers" }, Nothing);

        Assert.Equal(Targets.Google, target);
    }

    [Fact]
    public void Read_NoProject_TakesThatOfTheEnvironment()
    {
        var target = ReadGood(new PubSubOptions { Topic = "jobs" }, new PubSubEnvironment(null, "p2"));

        Assert.Equal("projects/p2/topics/jobs", target.Topic);
    }

    [Fact]
    public void Read_FullNames_NeedNoProject()
    {
        var target = ReadGood(new PubSubOptions { Topic = Targets.Topic, Subscription = Targets.Subscription }, Nothing);

        Assert.Equal((Targets.Topic, Targets.Subscription), (target.Topic, target.Subscription));
    }

    [Fact]
    public void Read_NothingSet_IsNoMistake()
    {
        var target = ReadGood(new PubSubOptions(), Nothing);

        Assert.Null(target.Topic);
        Assert.Null(target.Subscription);
    }

    [Theory]
    [InlineData(EmulatorDetection.None, "127.0.0.1:8085", "https://pubsub.googleapis.com/")]
    [InlineData(EmulatorDetection.ProductionOnly, null, "https://pubsub.googleapis.com/")]
    [InlineData(EmulatorDetection.EmulatorOnly, "127.0.0.1:8085", "http://127.0.0.1:8085/")]
    [InlineData(EmulatorDetection.EmulatorOrProduction, null, "https://pubsub.googleapis.com/")]
    [InlineData(EmulatorDetection.EmulatorOrProduction, "pubsub:8085", "http://pubsub:8085/")]
    [InlineData(EmulatorDetection.EmulatorOrProduction, "http://localhost:8085/", "http://localhost:8085/")]
    [InlineData(EmulatorDetection.EmulatorOrProduction, "[::1]:8085", "http://[::1]:8085/")]
    public void Read_Emulator_IsTakenAsDetectionSays(EmulatorDetection detection, string? host, string address)
    {
        var target = ReadGood(new PubSubOptions { EmulatorDetection = detection }, new PubSubEnvironment(host, null));

        Assert.Equal(address, target.Address.AbsoluteUri);
        Assert.Equal(address.StartsWith("http://", StringComparison.Ordinal), target.IsEmulator);
    }

    [Theory]
    [InlineData(EmulatorDetection.ProductionOnly, "127.0.0.1:8085", "ProductionOnly")]
    [InlineData(EmulatorDetection.EmulatorOnly, null, "EmulatorOnly")]
    [InlineData(EmulatorDetection.EmulatorOrProduction, "host:99999", "PUBSUB_EMULATOR_HOST is 'host:99999'")]
    public void Read_EmulatorAgainstDetection_IsAMistake(EmulatorDetection detection, string? host, string told)
    {
        var (_, problems) = PubSubTargetReader.Read(new PubSubOptions { EmulatorDetection = detection }, new PubSubEnvironment(host, null));

        Assert.Contains(told, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t1")]
    [InlineData("1jobs")]
    [InlineData("goog-jobs")]
    [InlineData("jobs of mine")]
    [InlineData("projects/p1/subscriptions/jobs")]
    [InlineData("projects/p1/topics/")]
    [InlineData("projects//topics/jobs")]
    [InlineData("projects/p 1/topics/jobs")]
    public void Read_NameThatTheServiceRefuses_IsAMistake(string topic)
    {
        var (_, problems) = PubSubTargetReader.Read(new PubSubOptions { Project = "p1", Topic = topic }, Nothing);

        Assert.Contains("PubSub:Topic", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyMistakes_AreToldAtOnce()
    {
        var options = new PubSubOptions { Topic = "jobs", Subscription = "x", Endpoint = "https://pubsub.googleapis.com", AckDeadline = TimeSpan.FromSeconds(5) };

        var (_, problems) = PubSubTargetReader.Read(options, Nothing);

        string[] settings = ["PubSub:Endpoint", "PubSub:Topic", "PubSub:Subscription", "PubSub:AckDeadline"];
        Assert.Equal(settings.Length, problems.Count);
        Assert.All(settings, setting => Assert.Single(problems, problem => problem.StartsWith(setting, StringComparison.Ordinal)));
        Assert.Equal(problems, new PubSubOptionsRules(Nothing).Validate(null, options).Failures);
    }

    private static PubSubTarget ReadGood(PubSubOptions options, PubSubEnvironment environment)
    {
        var (target, problems) = PubSubTargetReader.Read(options, environment);
        Assert.Empty(problems);
        return target;
    }
}
