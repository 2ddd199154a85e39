using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

/// <summary>Rules of the variants that <c>vary</c> makes of a sweep.</summary>
internal static class VariantRules
{
    public static void Check(SweepSpec spec, List<SpecViolation> violations)
    {
        var variants = spec.Variants();
        if (variants.FirstOrDefault(variant => variant.Model.Kind != spec.Model.Kind) is { } other)
        {
            violations.Add(new SpecViolation("vary", $"Has models of kind {spec.Model.Kind} and {other.Model.Kind}; use a sweep file for each kind."));
        }

        if (variants.Distinct().Count() < variants.Count)
        {
            violations.Add(new SpecViolation("vary", "Makes the same variant twice; give every value once."));
        }
    }
}
