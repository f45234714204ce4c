namespace Pyrite.Kernels.Special;

/// <summary>A number with its first and second derivatives along two directions.</summary>
internal readonly record struct SecondDual(double Value, double First = 0, double Second = 0, double FirstTwice = 0, double Mixed = 0,
    double SecondTwice = 0) : IDifferential<SecondDual>
{
    public static implicit operator SecondDual(double value) => new(value);

    public static SecondDual operator +(SecondDual a, SecondDual b) =>
        new(a.Value + b.Value, a.First + b.First, a.Second + b.Second, a.FirstTwice + b.FirstTwice, a.Mixed + b.Mixed, a.SecondTwice + b.SecondTwice);

    public static SecondDual operator -(SecondDual a, SecondDual b) =>
        new(a.Value - b.Value, a.First - b.First, a.Second - b.Second, a.FirstTwice - b.FirstTwice, a.Mixed - b.Mixed, a.SecondTwice - b.SecondTwice);

    public static SecondDual operator *(SecondDual a, SecondDual b) => new(
        a.Value * b.Value,
        (a.First * b.Value) + (a.Value * b.First),
        (a.Second * b.Value) + (a.Value * b.Second),
        (a.FirstTwice * b.Value) + (2 * a.First * b.First) + (a.Value * b.FirstTwice),
        (a.Mixed * b.Value) + (a.First * b.Second) + (a.Second * b.First) + (a.Value * b.Mixed),
        (a.SecondTwice * b.Value) + (2 * a.Second * b.Second) + (a.Value * b.SecondTwice));

    /// <summary>From q · b = a by the product rule.</summary>
    public static SecondDual operator /(SecondDual a, SecondDual b)
    {
        double q = a.Value / b.Value;
        double first = (a.First - (q * b.First)) / b.Value;
        double second = (a.Second - (q * b.Second)) / b.Value;
        return new(
            q,
            first,
            second,
            (a.FirstTwice - (2 * first * b.First) - (q * b.FirstTwice)) / b.Value,
            (a.Mixed - (first * b.Second) - (second * b.First) - (q * b.Mixed)) / b.Value,
            (a.SecondTwice - (2 * second * b.Second) - (q * b.SecondTwice)) / b.Value);
    }

    /// <inheritdoc/>
    public bool SlopesBelow(double share, SecondDual other) =>
        Math.Abs(First) <= share * Math.Abs(other.First)
        && Math.Abs(Second) <= share * Math.Abs(other.Second)
        && Math.Abs(FirstTwice) <= share * Math.Abs(other.FirstTwice)
        && Math.Abs(Mixed) <= share * Math.Abs(other.Mixed)
        && Math.Abs(SecondTwice) <= share * Math.Abs(other.SecondTwice);
}
