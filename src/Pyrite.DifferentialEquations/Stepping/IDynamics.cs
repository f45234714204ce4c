namespace Pyrite.Stepping;

/// <summary>What is integrated: the slope of a state at a time.</summary>
internal interface IDynamics
{
    /// <summary>How many numbers the state has.</summary>
    int Size { get; }

    /// <summary>Computes the slope.</summary>
    /// <param name="t">The time.</param>
    /// <param name="y">The state.</param>
    /// <param name="slope">Takes the slope; numbers that are not finite where there is none.</param>
    void Slope(double t, ReadOnlySpan<double> y, Span<double> slope);

    /// <summary>Computes the derivatives of the slope.</summary>
    /// <param name="t">The time.</param>
    /// <param name="y">The state.</param>
    /// <param name="jacobian">Takes ∂slopeᵢ/∂yⱼ, row by row.</param>
    /// <param name="timeSlope">Takes ∂slope/∂t.</param>
    void Jacobian(double t, ReadOnlySpan<double> y, Span<double> jacobian, Span<double> timeSlope);
}
