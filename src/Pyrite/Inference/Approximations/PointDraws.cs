namespace Pyrite.Inference.Approximations;

/// <summary>The quantities of a model at unconstrained points, as draws.</summary>
internal static class PointDraws
{
    /// <summary>Computes them.</summary>
    /// <param name="potential">The model.</param>
    /// <param name="points">The points.</param>
    /// <param name="chains">How many chains of equal length the points are; 0 for draws without chains.</param>
    public static Draws Of(Potential potential, double[][] points, int chains)
    {
        IReadOnlyList<PotentialSite> quantities = potential.Quantities;
        double[] row = new double[quantities.Sum(quantity => (int)quantity.Shape.Count)];
        double[][] values = [.. quantities.Select(quantity => new double[checked(points.Length * (int)quantity.Shape.Count)])];
        for (int i = 0; i < points.Length; i++)
        {
            potential.Constrain(points[i], row);
            for (int k = 0; k < values.Length; k++)
            {
                int size = (int)quantities[k].Shape.Count;
                row.AsSpan(quantities[k].Offset, size).CopyTo(values[k].AsSpan(i * size));
            }
        }
        IEnumerable<DrawsVariable> variables = quantities.Select((quantity, k) => quantity.Draws(values[k]));
        return chains > 0 ? new Draws(chains, points.Length / chains, variables) : new Draws(points.Length, variables);
    }
}
