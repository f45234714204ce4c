namespace Pyrite.Kernels.Special;

/// <summary>A number with its derivatives along two directions.</summary>
internal readonly record struct Dual(double Value, double First = 0, double Second = 0) : IDifferential<Dual>
{
    public static implicit operator Dual(double value) => new(value);

    public static Dual operator +(Dual a, Dual b) => new(a.Value + b.Value, a.First + b.First, a.Second + b.Second);

    public static Dual operator -(Dual a, Dual b) => new(a.Value - b.Value, a.First - b.First, a.Second - b.Second);

    public static Dual operator *(Dual a, Dual b) =>
        new(a.Value * b.Value, (a.First * b.Value) + (a.Value * b.First), (a.Second * b.Value) + (a.Value * b.Second));

    public static Dual operator /(Dual a, Dual b)
    {
        double quotient = a.Value / b.Value;
        return new(quotient, (a.First - (quotient * b.First)) / b.Value, (a.Second - (quotient * b.Second)) / b.Value);
    }

    /// <inheritdoc/>
    public bool SlopesBelow(double share, Dual other) =>
        Math.Abs(First) <= share * Math.Abs(other.First) && Math.Abs(Second) <= share * Math.Abs(other.Second);
}
