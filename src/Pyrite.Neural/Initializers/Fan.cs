namespace Pyrite.Initializers;

/// <summary>Counts the connections of a weight.</summary>
internal static class Fan
{
    public static double In(Shape shape) => Of(shape, FanMode.In);

    public static double Out(Shape shape) => Of(shape, FanMode.Out);

    /// <summary>Inputs or outputs of a unit.</summary>
    public static double Of(Shape shape, FanMode mode)
    {
        if (shape.Rank < 2 || shape.Count == 0)
        {
            throw new ArgumentException(
                $"Connections are counted for weights [out, in, ..] of two axes or more, none of them empty; found {shape}. Start biases with zeros.",
                    nameof(shape));
        }
        return (double)shape[mode == FanMode.In ? 1 : 0] * shape[2..].Count;
    }
}
