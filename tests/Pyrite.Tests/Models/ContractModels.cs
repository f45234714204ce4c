
using static Pyrite.Primitives;
using static Pyrite.Tests.Models.ModelCase;

namespace Pyrite.Tests.Models;

/// <summary>What model and guide must agree on beside names and shapes, one failing pair for each, and pairs that look different but are
/// right.</summary>
internal static class ContractModels
{
    private static Tensor Pair => Tensor.From([1.0, 2.0]);
    private static Tensor FirstOnly => Tensor.From(new[] { true, false });
    private static Tensor Both => Tensor.From(new[] { true, true });
    private static readonly Linear Decoder = new(1, 1);
    private static readonly Linear Frozen = new Linear(1, 1).Frozen();
    private static readonly Parameter Loose = new(Tensor.Ones(2));
    private static readonly Parameter Held = new(Tensor.Ones(2)) { RequiresGradient = false };

    public static IEnumerable<ModelCase> Cases =>
    [
        ValidPair("one scale around both", () => Under(new ScaleHandler(0.25), () => Latent()), () => Under(new ScaleHandler(0.25), () => Drawn())),
        ValidPair("weights that are one number", () => Under(new ScaleHandler(2), () => InRows(2, () => Latent())),
            () => Under(new ScaleHandler(Tensor.Full([2], 2.0)), () => InRows(2, () => Drawn()))),
        ValidPair("a point for a scaled latent", () => Under(new ScaleHandler(0.25), () => Latent()), () => Sample("z", new Delta(Loc()))),
        InvalidPair("a scale in the model alone", ModelError.ScalesDiffer,
            ["\"z\"", "multiplied by 0.25 in the model, by 1 in the guide", "the same ScaleHandler"],
            () => Under(new ScaleHandler(0.25), () => Latent()), () => Drawn()),
        InvalidPair("a scale in the guide alone", ModelError.ScalesDiffer, ["by 1 in the model, by 3 in the guide"], () => Latent(),
            () => Under(new ScaleHandler(3), () => Drawn())),
        InvalidPair("weights in the model alone", ModelError.ScalesDiffer, ["[1. 2.] in the model", "by 1 in the guide"],
            () => Under(new ScaleHandler(Pair), () => InRows(2, () => Latent())), () => InRows(2, () => Drawn())),
        InvalidPair("weights that differ", ModelError.ScalesDiffer, ["\"z\"", "[1. 2.] in the model", "[2. 2.] in the guide"],
            () => Under(new ScaleHandler(Pair), () => InRows(2, () => Latent())),
            () => Under(new ScaleHandler(Tensor.Full([2], 2.0)), () => InRows(2, () => Drawn()))),
        InvalidPair("one entry of a plate in the model alone", ModelError.PlatesDiffer, ["\"z\"", "1 of 100", "no plates", "same plates"], () =>
        {
            using (Plate("rows", 100, subsampleSize: 1))
            {
                Latent();
            }
        }, () => Drawn()),
        InvalidPair("plates of other names", ModelError.PlatesDiffer, ["\"z\"", "plate \"rows\"", "plate \"lines\""], () => InRows(2, () => Latent()),
            () =>
        {
            using (Plate("lines", 2))
            {
                Drawn();
            }
        }),
        InvalidPair("a subsampled loop in the model alone", ModelError.ScalesDiffer, ["multiplied by 3 in the model"], () =>
        {
            foreach (int _ in SequentialPlate("rounds", 3, subsampleSize: 1))
            {
                Latent();
            }
        }, () => Drawn()),

        ValidPair("one mask around both", () => Under(new MaskHandler(FirstOnly), () => InRows(2, () => Latent())),
            () => Under(new MaskHandler(Pair < 1.5), () => InRows(2, () => Drawn()))),
        ValidPair("a masked distribution under a mask", () => Under(new MaskHandler(FirstOnly), () => InRows(2, () => Latent())),
            () => InRows(2, () => Sample("z", new Normal(Loc(), 1).Mask(FirstOnly)))),
        ValidPair("a mask that leaves nothing out", () => Under(new MaskHandler(Both), () => InRows(2, () => Latent())),
            () => InRows(2, () => Drawn())),
        ValidPair("masked entries of an event in both", () => Sample("z", new Normal(Pair, 1).Mask(FirstOnly).ToEvent(1)),
            () => Sample("z", new Normal(Pair + Loc(), 1).Mask(FirstOnly).ToEvent(1))),
        InvalidPair("a mask in the model alone", ModelError.MasksDiffer, ["\"z\"", "the model where", "the guide everywhere", "the same MaskHandler"],
            () => Under(new MaskHandler(FirstOnly), () => InRows(2, () => Latent())), () => InRows(2, () => Drawn())),
        InvalidPair("a mask in the guide alone", ModelError.MasksDiffer, ["the model everywhere"], () => InRows(2, () => Latent()),
            () => Under(new MaskHandler(FirstOnly), () => InRows(2, () => Drawn()))),
        InvalidPair("masks that differ", ModelError.MasksDiffer, ["\"z\""], () => Under(new MaskHandler(FirstOnly), () => InRows(2, () => Latent())),
            () => Under(new MaskHandler(!FirstOnly), () => InRows(2, () => Drawn()))),
        InvalidPair("a masked distribution in the model alone", ModelError.MasksDiffer, ["\"z\""],
            () => InRows(2, () => Sample("z", new Normal(0, 1).Mask(FirstOnly))), () => InRows(2, () => Drawn())),
        InvalidPair("masked entries of an event in the model alone", ModelError.MasksDiffer, ["\"z\""],
            () => Sample("z", new Normal(Pair, 1).Mask(FirstOnly).ToEvent(1)), () => Sample("z", new Normal(Pair + Loc(), 1).ToEvent(1))),
        InvalidPair("everything masked in the model alone", ModelError.MasksDiffer, ["\"z\""], () => Under(new MaskHandler(false), () => Latent()),
            () => Drawn()),

        ValidPair("a parameter of another start", () =>
        {
            Param("loc", 2.0);
            Latent();
        }, () => Drawn()),
        InvalidPair("a parameter of another constraint", ModelError.ParameterRedeclared,
            ["\"loc\"", "a number (real)", "positive (positive)", "two names"], () =>
        {
            Param("loc", 2.0, Constraints.Positive);
            Latent();
        }, () => Drawn()),
        InvalidPair("a parameter of another shape", ModelError.ParameterRedeclared, ["\"loc\"", "of shape []", "of shape [2]"], () =>
        {
            Param("loc", Pair);
            Latent();
        }, () => Drawn()),
        InvalidPair("a parameter of another shape, made by a function", ModelError.ParameterRedeclared, ["\"loc\"", "of shape [3]"], () =>
        {
            Param("loc", () => Tensor.Zeros(3));
            Latent();
        }, () => Drawn()),
        InvalidPair("a parameter of another type", ModelError.ParameterRedeclared, ["\"w\"", "as Float32", "as Float64"], () =>
        {
            Param("w", Tensor.Zeros([2], DType.Float64));
            Latent();
        }, () =>
        {
            Param("w", Tensor.Zeros([2], DType.Float32));
            Drawn();
        }),
        InvalidPair("a parameter with other bounds", ModelError.ParameterRedeclared, ["\"w\"", "between 0 and 1", "between 0 and 2"], () =>
        {
            Param("w", 0.5, Constraints.Interval(0, 2));
            Latent();
        }, () =>
        {
            Param("w", 0.5, Constraints.Interval(0, 1));
            Drawn();
        }),
        InvalidPair("a parameter with the name of a weight", ModelError.ParameterNameTaken, ["\"net.bias\"", "registered network"], () =>
        {
            Param("net.bias", 0.0);
            Latent();
        }, () =>
        {
            Register("net", Decoder);
            Drawn();
        }),
        new("a parameter that changes its bounds", ChangesBounds, null, ModelError.ParameterRedeclared, ["\"w\"", "between 0 and 2"]),

        ValidPair("a frozen network", () => Sample("y", new Normal(Frozen.Forward(Latent().Reshape(1)).Sum(), 1), observed: 1.0), () => Drawn()),
        ValidPair("a frozen parameter", () => Sample("y", new Normal((Held.Value * Latent()).Sum(), 1), observed: 1.0), () => Drawn()),
        ValidPair("a network whose result is detached",
            () => Sample("y", new Normal(Decoder.Forward(Latent().Reshape(1)).Sum().Detach(), 1), observed: 1.0), () => Drawn()),
        ValidPair("a network with weights of its own", () =>
        {
            Register("decoder", Decoder);
            Sample("y", new Normal(Decoder.Forward(Latent().Reshape(1)).Sum(), 1), observed: 1.0);
        }, () => Drawn()),
        InvalidPair("a network that nobody registered", ModelError.UnregisteredParameters,
            ["2 parameters", "Linear.weight [1, 1]", "Linear.bias [1]", "Register(", "Frozen()"],
            () => Sample("y", new Normal(Decoder.Forward(Latent().Reshape(1)).Sum(), 1), observed: 1.0), () => Drawn()),
        InvalidPair("a network of the guide that nobody registered", ModelError.UnregisteredParameters, ["Linear.weight"], () => Latent(),
            () => Sample("z", new Normal(Decoder.Forward(Loc().Reshape(1)).Sum(), 1))),
        InvalidPair("a parameter that nobody registered", ModelError.UnregisteredParameters, ["a parameter of no network [2]", "RequiresGradient"],
            () => Sample("y", new Normal((Loose.Value * Latent()).Sum(), 1), observed: 1.0), () => Drawn()),
    ];

    private static string ChangesBounds()
    {
        Svi<double> svi =
            new(_ => Latent(), high => Sample("z", new Normal(Param("w", 0.5, Constraints.Interval(0, high)), 1)), new Adam(), new TraceElbo());
        svi.Step(1);
        return $"{svi.Step(2)}";
    }

    private static Tensor Latent() => Sample("z", new Normal(0, 1));

    private static Tensor Drawn() => Sample("z", new Normal(Loc(), 1));

    private static Tensor Loc() => Param("loc", 0.0);

    private static void Under(Handler handler, Action inside)
    {
        using (handler.Enter())
        {
            inside();
        }
    }

    private static void InRows(int size, Action inside)
    {
        using (Plate("rows", size))
        {
            inside();
        }
    }
}
