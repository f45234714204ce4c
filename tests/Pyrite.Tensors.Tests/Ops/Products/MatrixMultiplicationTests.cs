using Pyrite.Testing;


namespace Pyrite.Tests;

public sealed class MatrixMultiplicationTests
{
    public static TheoryData<int[], int[]> Cases => new()
    {
        { [4], [4] }, { [4], [4, 3] }, { [3, 4], [4] }, { [3, 4], [4, 5] }, { [2, 3, 4], [4, 5] }, { [2, 3, 4], [2, 4, 5] }, { [3, 4], [2, 4, 5] },
        { [2, 1, 3, 4], [3, 4, 2] }, { [2, 3, 4], [4] }, { [4], [2, 4, 3] }, { [1, 1], [1, 1] }, { [3, 0], [0, 2] }, { [2, 3, 0], [0, 2] },
        { [0, 3], [3, 2] }, { [0, 2, 3], [3, 4] },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Products_match_plain_loops_with_gradients(int[] sizesA, int[] sizesB)
    {
        Tensor a = ElementwiseTests.Points(Shape.Create(sizesA), -1, 1);
        Tensor b = ElementwiseTests.Points(Shape.Create(sizesB), -1, 2);
        (Shape shape, double[] want) = Plain(a, b);
        Tensor product = a.MatMul(b);
        Assert.Equal(shape, product.Shape);
        Close.Assert(product.ToArray<double>(), want, 1e-13, 1e-13, "matmul");
        Close.Assert(a.To(DType.Float32).MatMul(b.To(DType.Float32)).ToArray<double>(), want, 1e-5, 1e-5, "matmul in Float32");
        DerivativeCheck.FirstAndSecond(x => x[0].MatMul(x[1]), a, b);
    }

    [Fact]
    public void Linear_is_the_product_with_the_transposed_weight_plus_bias()
    {
        Tensor x = ElementwiseTests.Points([2, 3, 4], -1, 1);
        Tensor weight = ElementwiseTests.Points([5, 4], -1, 1);
        Tensor bias = ElementwiseTests.Points([5], -1, 1);
        Close.Assert(x.Linear(weight, bias).ToArray<double>(), (x.MatMul(weight.Transpose()) + bias).ToArray<double>(), 1e-13, 1e-13, "linear");
        DerivativeCheck.FirstAndSecond(v => v[0].Linear(v[1], v[2]), x, weight, bias);
        DerivativeCheck.FirstAndSecond(v => v[0].Linear(v[1]), x, weight);
        Assert.Equal([0, 5], Tensor.Zeros(0, 4).Linear(weight, bias).Shape);
        Assert.Equal([5], Tensor.Zeros(4).Linear(weight, bias).Shape);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        string message = Assert.Throws<ArgumentException>(() => Tensor.Ones(2, 3, 4).MatMul(Tensor.Ones(5, 6))).Message;
        Assert.Contains("[2, 3, 4]", message);
        Assert.Contains("[5, 6]", message);
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(() => Tensor.Ones(2, 3).Linear(Tensor.Ones(4, 5))).Message);
        Assert.Contains("Multiply by a scalar", Assert.Throws<ArgumentException>(() => Tensor.Ones(2, 3).MatMul(2.0)).Message);
        Assert.Throws<ArgumentException>(() => Tensor.Ones(2, 3, 4).MatMul(Tensor.Ones(3, 4, 5)));
    }

    private static (Shape Shape, double[] Values) Plain(Tensor a, Tensor b)
    {
        Tensor left = a.Rank == 1 ? a.Unsqueeze(0) : a;
        Tensor right = b.Rank == 1 ? b.Unsqueeze(1) : b;
        Shape batch = Shape.Broadcast(left.Shape[..^2], right.Shape[..^2]);
        (int m, int k, int n) = (left.Shape[^2], left.Shape[^1], right.Shape[^1]);
        double[] x = left.BroadcastTo(batch + [m, k]).ToArray<double>();
        double[] y = right.BroadcastTo(batch + [k, n]).ToArray<double>();
        double[] result = new double[batch.Count * m * n];
        for (int i = 0; i < result.Length; i++)
        {
            int column = i % n;
            int row = i / n % m;
            int entry = i / n / m;
            for (int p = 0; p < k; p++)
            {
                result[i] += x[(((entry * m) + row) * k) + p] * y[(((entry * k) + p) * n) + column];
            }
        }
        Shape shape = batch + (a.Rank == 1 ? Shape.Scalar : [m]) + (b.Rank == 1 ? Shape.Scalar : [n]);
        return (shape, result);
    }
}
