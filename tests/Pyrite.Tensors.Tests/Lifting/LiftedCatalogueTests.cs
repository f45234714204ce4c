namespace Pyrite.Tests.Catalogue;

/// <summary>Every operation of the catalogue on lifted tensors: what each value by itself would give, stacked.</summary>
public sealed class LiftedCatalogueTests
{
    private const double Tolerance = 1e-11;

    private const int Values = 3;

    /// <summary>Operations that look at the numbers they get, to choose a method.</summary>
    private static readonly string[] Reading = ["MatrixProducts.MatrixExponential"];

    public static TheoryData<string> Names => [.. OperationCatalogue.All.Select(entry => entry.Name).Distinct().Except(Reading)];

    [Theory, MemberData(nameof(Names))]
    public void Lifted_is_the_stack_of_its_slices(string name)
    {
        foreach (CatalogueEntry entry in OperationCatalogue.All.Where(entry => entry.Name == name))
        {
            for (int seed = 0; seed < 3; seed++)
            {
                CatalogueCase[] all = [.. Enumerable.Range(0, Values).Select(version => entry.Make(new Draw((ulong)seed, 1 + seed, version)))];
                CatalogueCase drawn = all[0];
                Tensor[][] versions = [.. all.Select(other => other.Points)];
                int points = drawn.Points.Length;
                for (int lifted = 0; lifted < points; lifted++)
                {
                    Check(drawn, versions, [.. Enumerable.Range(0, points).Select(i => i == lifted ? 0 : -1)]);
                }
                if (points > 1)
                {
                    Check(drawn, versions, new int[points]);
                    Check(drawn, versions, [.. Enumerable.Range(0, points).Select(i => i == 0 ? 1 : 0)]);
                }
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Rows_keep_apart_or_get_axes_of_their_own(string name)
    {
        foreach (CatalogueEntry entry in OperationCatalogue.All.Where(entry => entry.Name == name))
        {
            for (int seed = 0; seed < 8; seed++)
            {
                CatalogueCase[] all = [.. Enumerable.Range(0, 2).Select(version => entry.Make(new Draw((ulong)seed, 3, version)))];
                for (int point = 0; point < all[0].Points.Length; point++)
                {
                    for (int axis = 0; axis < all[0].Points[point].Rank; axis++)
                    {
                        if (all[0].Points[point].Shape[axis] is 2 or 3)
                        {
                            CheckRows(all, point, axis);
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Operations_that_read_are_refused()
    {
        using LiftingScope scope = LiftingScope.Begin();
        Tensor lifted = scope.Lift(Tensor.Zeros(2, 3, 3), scope.NewAxis("z", 2), [3, 3]);

        LiftedReadException refusal = Assert.Throws<LiftedReadException>(() => lifted.MatrixExponential());
        Assert.Contains("\"z\"", refusal.Message);
    }

    /// <summary>One axis of one point holds rows with two values each: what the lifted result says of every joint choice must be what the function
    /// gives.</summary>
    private static void CheckRows(CatalogueCase[] all, int point, int axis)
    {
        Tensor first = all[0].Points[point], second = all[1].Points[point];
        int rows = first.Shape[axis];
        using LiftingScope scope = LiftingScope.Begin();
        HiddenAxis hidden = scope.NewAxis("z", 2, [new RowAxis("p", axis - first.Rank, rows)]);
        Tensor[] inputs = [.. all[0].Points];
        inputs[point] = scope.Lift(Tensor.Stack([first, second]), hidden, first.Shape);
        Tensor result = all[0].Function(inputs);
        LiftedTensor found = scope.Find(result) ?? new LiftedTensor(result, [], [], null);
        if (result.Count == 0 || found.Mixed is not null || found.Rows.Any(entry => result.Shape[entry.Rows.Dimension] != entry.Rows.Size))
        {
            // Refused where it is used, or several axes merged into one.
            return;
        }
        for (int choice = 0; choice < 1 << rows; choice++)
        {
            int chosen = choice;
            Tensor[] picked = [.. all[0].Points];
            picked[point] = Tensor.Concat([.. Enumerable.Range(0, rows).Select(row =>
                ((chosen >> row & 1) == 0 ? first : second).Slice(axis, row, 1))], axis);
            Tensor numbers = found.Numbers;
            foreach (HiddenAxis own in found.Axes.Reverse())
            {
                int place = found.Axes.ToList().IndexOf(own);
                if (own != hidden)
                {
                    numbers = numbers.Slice(place, chosen >> own.Fixed[0].Row & 1, 1);
                    continue;
                }
                RowAxis stand = Assert.Single(found.Rows, entry => entry.Axis == hidden).Rows;
                numbers = Tensor.Concat([.. Enumerable.Range(0, rows).Select(row =>
                    numbers.Slice(place, chosen >> row & 1, 1).Slice(stand.Dimension, row, 1))], stand.Dimension);
            }
            Compare(all[0].Function(picked), numbers);
        }
    }

    /// <summary>Compares values and gradients.</summary>
    /// <param name="drawn">The function and its points.</param>
    /// <param name="versions">The points with other numbers, one list for each value.</param>
    /// <param name="axisOf">Which of two hidden axes each point is lifted along; -1 for none.</param>
    private static void Check(CatalogueCase drawn, Tensor[][] versions, int[] axisOf)
    {
        Tensor[] stacks = [.. drawn.Points.Select((point, i) => axisOf[i] < 0 ? point.Detach()
            : Tensor.Stack([.. versions.Take(Size(axisOf[i])).Select(version => version[i])]))];
        using StepScope step = StepScope.Begin();
        Tensor[] variables = [.. stacks.Select(stack => stack.AsVariable())];
        using LiftingScope scope = LiftingScope.Begin();
        HiddenAxis[] axes = [scope.NewAxis("a", Size(0)), scope.NewAxis("b", Size(1))];
        Tensor[] inputs = [.. variables.Select((variable, i) => axisOf[i] < 0 ? variable
            : scope.Lift(variable, axes[axisOf[i]], drawn.Points[i].Shape))];

        Tensor result = drawn.Function(inputs);
        LiftedTensor found = scope.Find(result) ?? throw new InvalidOperationException("The result is not lifted.");

        List<Tensor> slices = [];
        Visit(found.Axes, 0, new int[2], place => slices.Add(drawn.Function([.. variables.Select((variable, i) =>
            axisOf[i] < 0 ? variable : variable[place[axisOf[i]]])])));
        Tensor expected = Tensor.Stack([.. slices.Select(slice => slice.To(found.Numbers.DType))]);
        Assert.Equal(slices[0].Shape, result.Shape);
        Assert.Equal(slices[0].DType, result.DType);
        Compare(expected, found.Numbers);

        Tensor weights = Tensor.Range(expected.Count).Reshape(expected.Shape).To(DType.Float64).Cos();
        Tensor?[] wanted = Gradient.OrNull((expected * weights).Sum(), variables);
        Tensor?[] gradients = Gradient.OrNull((found.Numbers.Reshape(expected.Shape) * weights).Sum(), variables);
        for (int i = 0; i < wanted.Length; i++)
        {
            Compare(wanted[i] ?? Tensor.Zeros(variables[i].Shape, DType.Float64), gradients[i] ?? Tensor.Zeros(variables[i].Shape, DType.Float64));
        }
    }

    private static int Size(int axis) => Values - axis;

    private static void Visit(IReadOnlyList<HiddenAxis> axes, int at, int[] place, Action<int[]> visit)
    {
        if (at == axes.Count)
        {
            visit(place);
            return;
        }
        int which = axes[at].Name == "a" ? 0 : 1;
        for (place[which] = 0; place[which] < axes[at].Size; place[which]++)
        {
            Visit(axes, at + 1, place, visit);
        }
    }

    private static void Compare(Tensor expected, Tensor found)
    {
        double[] wanted = expected.Detach().To(DType.Float64).ToArray<double>(), numbers = found.Detach().To(DType.Float64).ToArray<double>();
        Assert.Equal(wanted.Length, numbers.Length);
        for (int i = 0; i < wanted.Length; i++)
        {
            Assert.True(wanted[i].Equals(numbers[i]) || Math.Abs(wanted[i] - numbers[i]) <= Tolerance * Math.Max(1, Math.Abs(wanted[i])),
                $"element {i}: {numbers[i]} instead of {wanted[i]}");
        }
    }
}
