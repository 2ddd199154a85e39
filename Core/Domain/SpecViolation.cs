namespace CloudSweep.Core.Domain;

/// <summary>One mistake in a sweep file.</summary>
/// <param name="Field">Path of the field, e.g. <c>learningRate.min</c>.</param>
/// <param name="Problem">The value, the rule and the way out, one sentence each.</param>
/// <param name="Line">Line in the file, from 1; 0 when unknown.</param>
public sealed record SpecViolation(string Field, string Problem, int Line = 0);
