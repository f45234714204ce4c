namespace Pyrite;

public sealed class TensorDatasetTests
{
    [Fact]
    public void Pairs_rows_of_tensors_of_any_type()
    {
        Tensor x = Tensor.From<double>([0, 1, 10, 11, 20, 21], [3, 2]);
        Tensor y = Tensor.From<bool>([true, false, true]);
        Tensor z = Tensor.From<byte>([7, 8, 9]);
        List<(double[], bool[], byte[])> seen = [];
        foreach ((Tensor a, Tensor b, Tensor c) in new DataLoader(new TensorDataset(x, y, z), 2))
        {
            Assert.Equal<Shape>([b.Shape[0], 2], a.Shape);
            seen.Add((a.ToArray<double>(), b.ToArray<bool>(), c.ToArray<byte>()));
        }
        Assert.Equal([0, 1, 10, 11], seen[0].Item1);
        Assert.Equal([true, false], seen[0].Item2);
        Assert.Equal([9], seen[1].Item3);
    }

    [Fact]
    public void A_batch_is_a_copy()
    {
        Tensor x = Tensor.From<float>([1, 2]);
        Batch batch = new DataLoader(new TensorDataset(x), 2).First();
        Assert.False(batch[0].RawBytes().Overlaps(x.RawBytes()));
    }

    [Fact]
    public void Different_numbers_of_rows_are_refused() =>
        Assert.Contains("found [3], [2, 3]", Assert.Throws<ArgumentException>(() => new TensorDataset(Tensor.Range(3), Tensor.Zeros(2, 3))).Message);

    [Fact]
    public void A_scalar_is_refused() =>
        Assert.Contains("found []", Assert.Throws<ArgumentException>(() => new TensorDataset(Tensor.Full(Shape.Scalar, 1))).Message);

    [Fact]
    public void No_tensor_at_all_is_refused() =>
        Assert.Contains("at least one tensor", Assert.Throws<ArgumentException>(() => new TensorDataset()).Message);

    [Fact]
    public void Taking_a_batch_apart_into_another_number_is_explained()
    {
        Batch batch = new DataLoader(new TensorDataset(Tensor.Range(3)), 2).First();
        string message = Assert.Throws<InvalidOperationException>(() => { (Tensor _, Tensor _) = batch; }).Message;
        Assert.Contains("into 2 tensors: its dataset has 1 fields", message);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch[1]);
    }

    [Fact]
    public void A_tensor_whose_scope_has_ended_is_an_error_of_the_batch()
    {
        TensorDataset data;
        using (StepScope.Begin())
        {
            data = new TensorDataset(Tensor.From<float>([1, 2, 3]));
        }
        Assert.Throws<InvalidOperationException>(() => new DataLoader(data, 2).First());
    }
}
