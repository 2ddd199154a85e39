namespace CloudSweep.Core.Domain;

/// <summary>Names one sweep: the slug of its name and 8 hexadecimal digits, e.g. <c>digits-mlp-3f9a12c4</c>.</summary>
public readonly record struct SweepId(string Value)
{
    public override string ToString() => Value;
}
