namespace Pyrite.Systems;

/// <summary>The Jacobian of a large right-hand side: rows that depend on different components are found by one product with the transposed
/// Jacobian.</summary>
/// <remarks>Which components a row depends on is taken from the Jacobians seen so far in the solve, the first of which is found row by row (A.
/// Curtis, M. Powell, J. Reid, "On the estimation of sparse Jacobian matrices", IMA Journal of Applied Mathematics 13, 1974). An entry that was zero
/// so far and is no longer shows itself in a weighted sum of all rows, which is compared every time; then all rows are found anew.</remarks>
/// <param name="room">The right-hand side.</param>
/// <param name="size">How many numbers the state has.</param>
/// <param name="gradients">How many numbers the gradients of the first block have.</param>
internal sealed class SparseJacobian(ClosureRoom room, int size, int gradients)
{
    private const double Tolerance = 1e-10;

    private readonly bool[] pattern = new bool[size * size];
    private readonly int[] groupOf = new int[size];
    private readonly int[] starts = new int[size + 1];
    private int[] columns = [];
    private readonly double[] weights = new double[size];
    private readonly double[] row = new double[size];
    private readonly double[] sums = new double[size];
    private readonly double[] sizes = new double[size];
    private readonly double[] unused = new double[gradients];
    private int groups;

    /// <summary>Forgets which components rows depend on.</summary>
    public void Restart()
    {
        Array.Clear(pattern);
        groups = 0;
    }

    /// <summary>Computes the Jacobian, row by row.</summary>
    public void Compute(double t, ReadOnlySpan<double> y, Span<double> matrix)
    {
        if (groups == 0 || !TryInGroups(t, y, matrix))
        {
            RowByRow(t, y, matrix);
        }
    }

    private bool TryInGroups(double t, ReadOnlySpan<double> y, Span<double> matrix)
    {
        matrix.Clear();
        for (int group = 0; group < groups; group++)
        {
            for (int i = 0; i < size; i++)
            {
                weights[i] = groupOf[i] == group ? 1 : 0;
            }
            room.Back(t, y, weights, row, unused);
            for (int i = 0; i < size; i++)
            {
                if (groupOf[i] == group)
                {
                    Take(i, matrix);
                }
            }
        }
        return IsComplete(t, y, matrix);
    }

    private ReadOnlySpan<int> ColumnsOf(int i) => columns.AsSpan(starts[i], starts[i + 1] - starts[i]);

    private void Take(int i, Span<double> matrix)
    {
        foreach (int j in ColumnsOf(i))
        {
            matrix[(i * size) + j] = row[j];
        }
    }

    /// <summary>Whether a weighted sum of the rows is that of the function.</summary>
    private bool IsComplete(double t, ReadOnlySpan<double> y, ReadOnlySpan<double> matrix)
    {
        Array.Clear(sums);
        Array.Clear(sizes);
        for (int i = 0; i < size; i++)
        {
            // Different for each row, and none a simple multiple of another.
            weights[i] = 1 + ((i * 0.6180339887498949) % 1);
            foreach (int j in ColumnsOf(i))
            {
                double part = weights[i] * matrix[(i * size) + j];
                sums[j] += part;
                sizes[j] += Math.Abs(part);
            }
        }
        room.Back(t, y, weights, row, unused);
        for (int j = 0; j < size; j++)
        {
            // Numbers that are not finite are the same here and there; the step is thrown away.
            if (Math.Abs(row[j] - sums[j]) > Tolerance * (sizes[j] + Math.Abs(row[j])))
            {
                return false;
            }
        }
        return true;
    }

    private void RowByRow(double t, ReadOnlySpan<double> y, Span<double> matrix)
    {
        Array.Clear(weights);
        for (int i = 0; i < size; i++)
        {
            weights[i] = 1;
            room.Back(t, y, weights, row, unused);
            weights[i] = 0;
            row.CopyTo(matrix[(i * size)..]);
            for (int j = 0; j < size; j++)
            {
                pattern[(i * size) + j] |= row[j] != 0;
            }
        }
        Group();
    }

    /// <summary>Each row joins the first group with whose rows it shares no component.</summary>
    private void Group()
    {
        if (columns.Length == 0)
        {
            columns = new int[size * size];
        }
        for (int i = 0, at = 0; i < size; i++)
        {
            starts[i] = at;
            for (int j = 0; j < size; j++)
            {
                if (pattern[(i * size) + j])
                {
                    columns[at++] = j;
                }
            }
            starts[i + 1] = at;
        }
        List<bool[]> taken = [];
        for (int i = 0; i < size; i++)
        {
            ReadOnlySpan<int> own = ColumnsOf(i);
            int group = 0;
            while (group < taken.Count && Meets(own, taken[group]))
            {
                group++;
            }
            if (group == taken.Count)
            {
                taken.Add(new bool[size]);
            }
            foreach (int j in own)
            {
                taken[group][j] = true;
            }
            groupOf[i] = group;
        }
        groups = taken.Count;
    }

    private static bool Meets(ReadOnlySpan<int> own, bool[] taken)
    {
        foreach (int j in own)
        {
            if (taken[j])
            {
                return true;
            }
        }
        return false;
    }
}
