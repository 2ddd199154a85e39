namespace CloudSweep.Core.Domain;

/// <summary>A non-linearity applied element by element.</summary>
public enum Activation
{
    /// <summary>max(x, 0); the gradient at 0 is 0.</summary>
    Relu,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>x·Φ(x) with the normal distribution's Φ by erf, not by tanh (Hendrycks &amp; Gimpel 2016).</summary>
    Gelu,
}
