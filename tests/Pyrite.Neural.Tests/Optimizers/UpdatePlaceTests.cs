namespace Pyrite.Neural.Tests.Optimizers;

/// <summary>An element is updated to the same bits whether it stands in a long parameter, at its end, or alone.</summary>
public sealed class UpdatePlaceTests
{
    public static TheoryData<string> Names => [.. Optimizers.Keys];

    private static Dictionary<string, Func<Optimizer>> Optimizers { get; } = new()
    {
        ["SGD"] = () => new Sgd(0.1, weightDecay: 0.01),
        ["SGD with momentum"] = () => new Sgd(0.1, momentum: 0.9, nesterov: true),
        ["Adam"] = () => new Adam(0.1, weightDecay: 0.01, amsGrad: true),
        ["AdamW"] = () => new AdamW(0.1),
        ["ClippedAdam"] = () => new ClippedAdam(0.1),
        ["Adamax"] = () => new Adamax(0.1),
        ["NAdam"] = () => new NAdam(0.1),
        ["RAdam"] = () => new RAdam(0.1),
        ["RMSprop"] = () => new RmsProp(0.1, momentum: 0.5, centered: true),
        ["Adagrad"] = () => new Adagrad(0.1),
        ["AdagradRMSProp"] = () => new AdagradRmsProp(),
        ["Adadelta"] = () => new Adadelta(0.1),
        ["Rprop"] = () => new RProp(0.1),
    };

    [Theory, MemberData(nameof(Names))]
    public void A_place_does_not_change_a_bit(string name)
    {
        foreach (DType type in (DType[])[DType.Float32, DType.Float64])
        {
            foreach (int length in (int[])[3, 8, 16, 37, 70])
            {
                Compare(Optimizers[name], length, type);
            }
        }
    }

    private static void Compare(Func<Optimizer> make, int length, DType type)
    {
        RandomKey key = RandomKey.FromSeed(2);
        Tensor start = key.Child("start").Normal([length], type);
        Parameter whole = new(start);
        Parameter[] single = [.. Enumerable.Range(0, length).Select(i => new Parameter(start[i..(i + 1)]))];
        Optimizer ofWhole = make();
        Optimizer ofSingle = make();
        for (int step = 0; step < 4; step++)
        {
            Tensor gradient = key.Child(step).Normal([length], type);
            ofWhole.Update([whole], [gradient]);
            ofSingle.Update(single, [.. Enumerable.Range(0, length).Select(i => gradient[i..(i + 1)])]);
        }
        Assert.NotEqual(start.ToArray<double>(), whole.Value.ToArray<double>());
        Assert.Equal(single.Select(parameter => parameter.Value.ToArray<double>()[0]), whole.Value.ToArray<double>());
    }
}
