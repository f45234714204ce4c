namespace Pyrite.Neural.Tests.Optimizers;

/// <summary>The two functions that the golden trajectories descend.</summary>
internal sealed class GoldenObjective
{
    private readonly Func<Tensor> loss;

    public GoldenObjective(string kind, NamedTensors tensors)
    {
        Tensor Data(string name) => tensors[$"objective/{kind}/{name}"];
        if (kind == "quadratic")
        {
            Parameter x = new(Data("start/x"));
            (Tensor a, Tensor b) = (Data("A"), Data("b"));
            Parameters = [x];
            Names = ["x"];
            loss = () => (0.5 * (x.Value * a.MatMul(x)).Sum()) - (b * x).Sum();
        }
        else
        {
            Parameter weight = new(Data("start/W"));
            Parameter bias = new(Data("start/b"));
            (Tensor x, Tensor y) = (Data("X"), Data("Y"));
            Parameters = [weight, bias];
            Names = ["W", "b"];
            loss = () =>
            {
                Tensor logits = x.MatMul(weight) + bias;
                return (logits.Softplus() - (y * logits)).Mean();
            };
        }
    }

    public IReadOnlyList<Parameter> Parameters { get; }

    public IReadOnlyList<string> Names { get; }

    public Tensor Loss() => loss();
}
