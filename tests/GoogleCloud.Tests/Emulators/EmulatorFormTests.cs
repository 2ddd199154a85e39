using CloudSweep.TestSupport.Emulators;

namespace CloudSweep.GoogleCloud.Tests.Emulators;

/// <summary>A running emulator first, then a container, then a process.</summary>
public sealed class EmulatorFormTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Choose_AnEndpointIsNamed_TakesItWhateverElseIsThere(bool hasImage, bool hasProgram) =>
        Assert.Equal(new EmulatorForm.Existing("broker:8085"), EmulatorForm.Choose(new EmulatorSurroundings("broker:8085", hasImage, hasProgram)));

    [Theory]
    [InlineData(null, true)]
    [InlineData(null, false)]
    [InlineData("", true)]
    [InlineData(" ", false)]
    public void Choose_ItsImageCanBeHad_TakesAContainer(string? endpoint, bool hasProgram) =>
        Assert.IsType<EmulatorForm.Container>(EmulatorForm.Choose(new EmulatorSurroundings(endpoint, HasImage: true, hasProgram)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Choose_OnlyItsProgramIsThere_TakesAProcess(string? endpoint) =>
        Assert.IsType<EmulatorForm.Process>(EmulatorForm.Choose(new EmulatorSurroundings(endpoint, HasImage: false, HasProgram: true)));

    [Fact]
    public void Choose_NothingIsThere_HasNone() =>
        Assert.IsType<EmulatorForm.None>(EmulatorForm.Choose(new EmulatorSurroundings(Endpoint: null, HasImage: false, HasProgram: false)));
}
