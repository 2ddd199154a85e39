namespace CloudSweep.TestSupport.Emulators;

/// <summary>In which form tests have an emulator.</summary>
public abstract record EmulatorForm
{
    private EmulatorForm()
    {
    }

    /// <summary>One that runs already, and goes on running.</summary>
    /// <param name="Address">As its environment variable names it.</param>
    public sealed record Existing(string Address) : EmulatorForm;

    /// <summary>A container of the tests' own.</summary>
    public sealed record Container : EmulatorForm;

    /// <summary>A process of the tests' own.</summary>
    public sealed record Process : EmulatorForm;

    /// <summary>None can be had.</summary>
    public sealed record None : EmulatorForm;

    /// <summary>What the machine offers first, in the order of this page.</summary>
    public static EmulatorForm Choose(EmulatorSurroundings found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return found switch
        {
            { Endpoint: { } address } when !string.IsNullOrWhiteSpace(address) => new Existing(address),
            { HasImage: true } => new Container(),
            { HasProgram: true } => new Process(),
            _ => new None(),
        };
    }
}
