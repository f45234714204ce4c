namespace Pyrite.Filtering;

/// <summary>The rows of a step's observation that are there, gathered: Z [m, n], H [m, m], y - d [m].</summary>
internal sealed class ObservedPart(SystemShape shape)
{
    private readonly int[] rows = new int[shape.Outputs];
    private readonly double[] matrix = new double[shape.Outputs * shape.States];
    private readonly double[] noise = new double[shape.Outputs * shape.Outputs];
    private readonly double[] values = new double[shape.Outputs];

    /// <summary>How many are there.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<int> Rows => rows.AsSpan(0, Count);

    public ReadOnlySpan<double> Matrix => matrix.AsSpan(0, Count * shape.States);

    public ReadOnlySpan<double> Noise => noise.AsSpan(0, Count * Count);

    /// <summary>y - d.</summary>
    public ReadOnlySpan<double> Values => values.AsSpan(0, Count);

    public void Take(ReadOnlySpan<double> system, int step)
    {
        (int n, int p) = (shape.States, shape.Outputs);
        ReadOnlySpan<double> present = system.Slice(shape.PresenceStart + (step * p), p), y = system.Slice(shape.DataStart + (step * p), p);
        ReadOnlySpan<double> shifts = system.Slice(shape.OutputShiftOf(step), p), all = system.Slice(shape.ObservationNoiseOf(step), p * p);
        ReadOnlySpan<double> z = system.Slice(shape.ObservationOf(step), p * n);
        Count = 0;
        for (int i = 0; i < p; i++)
        {
            if (present[i] != 0)
            {
                rows[Count++] = i;
            }
        }
        for (int i = 0; i < Count; i++)
        {
            int row = rows[i];
            values[i] = y[row] - shifts[row];
            z.Slice(row * n, n).CopyTo(matrix.AsSpan(i * n));
            for (int j = 0; j < Count; j++)
            {
                noise[(i * Count) + j] = 0.5 * (all[(row * p) + rows[j]] + all[(rows[j] * p) + row]);
            }
        }
    }
}
