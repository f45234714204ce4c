namespace Pyrite.Tests;

public sealed class NnfuncGoldenTests
{
    internal static readonly Dictionary<string, GoldenRun.Operation> Operations = new()
    {
        ["linear"] = (x, _) => [x[0].Linear(x[1], At(x, 2))],
        ["bilinear"] = (x, _) => [x[0].Bilinear(x[1], x[2], At(x, 3))],
        ["batch_norm"] = (x, a) => BatchNorm(x, a),
        ["layer_norm"] = (x, a) => [x[0].LayerNorm(a.Ints("normalized_shape").Length, At(x, 1), At(x, 2), a.Number("eps", 1e-5))],
        ["group_norm"] = (x, a) => [x[0].GroupNorm(a.Int("num_groups"), At(x, 1), At(x, 2), a.Number("eps", 1e-5))],
        ["instance_norm"] = (x, a) => [x[0].InstanceNorm(At(x, 1), At(x, 2), a.Number("eps", 1e-5))],
        ["rms_norm"] = (x, a) => [x[0].RmsNorm(a.Ints("normalized_shape").Length, At(x, 1), a.Number("eps", 1e-6))],
        ["dropout"] = (x, a) => [x[0].Dropout(x[1], a.Number("p"))],
        ["normalize"] = (x, a) => [x[0].Normalize(a.Number("p", 2), a.Int("dim", 1))],
        ["cosine_similarity"] = (x, a) => [x[0].CosineSimilarity(x[1], a.Int("dim", 1))],
        ["glu"] = (x, a) => [x[0].GatedLinearUnit(a.Int("dim", -1))],
        ["prelu"] = (x, _) => [x[0].PRelu(x[1])],
        ["scaled_dot_product_attention"] = (x, a) => [x[0].Attention(x[1], x[2], At(x, 3), a.Bool("is_causal"))],
        ["binary_cross_entropy"] = (x, a) => [x[0].BinaryCrossEntropy(x[1], Reduction(a))],
        ["binary_cross_entropy_with_logits"] = (x, a) => [x[0].BinaryCrossEntropyWithLogits(x[1], At(x, 2), Reduction(a))],
        ["cross_entropy"] =
            (x, a) =>
                [x[0].CrossEntropy(x[1], At(x, 2), a.Int("ignore_index", ClassificationLosses.Ignored), a.Number("label_smoothing"), Reduction(a))],
        ["nll_loss"] = (x, a) => [x[0].NegativeLogLikelihood(x[1], At(x, 2), a.Int("ignore_index", ClassificationLosses.Ignored), Reduction(a))],
        ["mse_loss"] = (x, a) => [x[0].MeanSquaredError(x[1], Reduction(a))],
        ["l1_loss"] = (x, a) => [x[0].AbsoluteError(x[1], Reduction(a))],
        ["huber_loss"] = (x, a) => [x[0].HuberLoss(x[1], a.Number("delta", 1), Reduction(a))],
        ["smooth_l1_loss"] = (x, a) => [x[0].SmoothAbsoluteError(x[1], a.Number("beta", 1), Reduction(a))],
        ["poisson_nll_loss"] = (x, a) => [x[0].PoissonLoss(x[1], a.Bool("log_input", true), Reduction(a))],
        ["gaussian_nll_loss"] = (x, a) => [x[0].GaussianLoss(x[1], x[2], a.Number("eps", 1e-6), Reduction(a))],
        ["kl_div"] = (x, a) => [x[0].DivergenceLoss(x[1], a.Bool("log_target"), Reduction(a))],
    };

    private static readonly GoldenGroup Group = new("nnfunc");

    public static TheoryData<string> Names => Group.Names;

    [Theory, MemberData(nameof(Names))]
    public void Case_holds(string name) => GoldenRun.Check(Group, name, Operations);

    private static Tensor? At(Tensor[] inputs, int position) => position < inputs.Length ? inputs[position] : null;

    private static LossReduction Reduction(GoldenArguments arguments) =>
        Enum.Parse<LossReduction>(arguments.Text("reduction", "mean"), ignoreCase: true);

    private static Tensor[] BatchNorm(Tensor[] x, GoldenArguments arguments)
    {
        (Tensor result, Tensor mean, Tensor variance) =
            x[0].BatchNorm(x[1], x[2], x[3], x[4], arguments.Bool("training"), arguments.Number("momentum", 0.1), arguments.Number("eps", 1e-5));
        return [result, mean, variance];
    }
}
