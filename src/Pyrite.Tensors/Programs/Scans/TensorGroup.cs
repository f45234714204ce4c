using System.Runtime.CompilerServices;

namespace Pyrite;

/// <summary>Tensors, tuples, arrays and records of tensors as plain arrays, and back: for functions that take any of them, as <see cref="Scan"/>
/// does.</summary>
public static class TensorGroup
{
    /// <summary>The tensors of a group.</summary>
    /// <param name="group">A tensor, a tuple of tensors, an array of tensors, or an <see cref="ITensorRecord"/>.</param>
    /// <exception cref="ArgumentException">It is of another kind.</exception>
    public static Tensor[] Flatten<T>(T group) => group switch
    {
        Tensor tensor => [tensor],
        Tensor[] tensors => tensors,
        ITensorRecord record => record.ToTensors(),
        ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i] as Tensor ?? throw Refusal(tuple[i]?.GetType() ?? typeof(T)))],
        _ => throw Refusal(typeof(T)),
    };

    /// <summary>A group of the same kind with other tensors.</summary>
    /// <param name="example">A group; its tensors do not matter.</param>
    /// <param name="tensors">As many as the group has.</param>
    /// <exception cref="ArgumentException">The group is of another kind, or a tuple of more than seven.</exception>
    public static T Build<T>(T example, Tensor[] tensors) => (T)((object?)example switch
    {
        Tensor => (object)tensors[0],
        Tensor[] => tensors,
        ITensorRecord record => record.FromTensors(tensors),
        ValueTuple => default(ValueTuple),
        ValueTuple<Tensor> => new ValueTuple<Tensor>(tensors[0]),
        (Tensor, Tensor) => (tensors[0], tensors[1]),
        (Tensor, Tensor, Tensor) => (tensors[0], tensors[1], tensors[2]),
        (Tensor, Tensor, Tensor, Tensor) => (tensors[0], tensors[1], tensors[2], tensors[3]),
        (Tensor, Tensor, Tensor, Tensor, Tensor) => (tensors[0], tensors[1], tensors[2], tensors[3], tensors[4]),
        (Tensor, Tensor, Tensor, Tensor, Tensor, Tensor) => (tensors[0], tensors[1], tensors[2], tensors[3], tensors[4], tensors[5]),
        (Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor) =>
            (tensors[0], tensors[1], tensors[2], tensors[3], tensors[4], tensors[5], tensors[6]),
        _ => throw Refusal(typeof(T)),
    });

    private static ArgumentException Refusal(Type type) => new(
        $"Scan: {type.Name} is no tensor, no tuple of up to seven tensors, no array of tensors and no {nameof(ITensorRecord)}. Use one of these; "
            + "tuples do not nest.");
}
