namespace Pyrite.Inference.Particles;

/// <summary>The log-density of a point in two parts.</summary>
/// <param name="Prior">That of its prior, volume changes included.</param>
/// <param name="Likelihood">That of the data given the point.</param>
internal readonly record struct PointDensity(double Prior, double Likelihood)
{
    /// <summary>Prior times likelihood to a power.</summary>
    public double At(double temperature) =>
        double.IsFinite(Prior) && (temperature == 0 || double.IsFinite(Likelihood)) ? Prior + (temperature == 0 ? 0 : temperature * Likelihood)
            : double.NegativeInfinity;

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
