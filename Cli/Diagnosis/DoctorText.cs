using CloudSweep.Cli.Output;

namespace CloudSweep.Cli.Diagnosis;

/// <summary>What the doctor found, for people, in 80 columns.</summary>
internal static class DoctorText
{
    public static void Write(TextWriter output, Examined examined)
    {
        var (status, text) = examined.Result switch
        {
            CheckResult.Ok ok => (examined.IsMended ? "mended" : "ok", ok.Detail),
            CheckResult.Wrong wrong => ("WRONG", wrong.Problem),
            CheckResult.NotUsed notUsed => ("-", notUsed.Detail),
            _ => throw new ArgumentOutOfRangeException(nameof(examined)),
        };
        output.WriteWrapped($"{status,-7}{examined.Name,-14} ", text);
        if (examined.Result is CheckResult.Wrong { Mend: var mend })
        {
            output.WriteWrapped("       to mend:       ", mend);
        }
    }
}
