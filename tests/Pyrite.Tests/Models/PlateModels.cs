using static Pyrite.Primitives;
using static Pyrite.Tests.Models.ModelCase;

namespace Pyrite.Tests.Models;

/// <summary>Models with plates: nested, subsampled, kept, sequential, and batch dimensions that no plate declares.</summary>
internal static class PlateModels
{
    private static readonly Tensor Three = Tensor.From(new[] { 1.0, 2, 3 });

    public static IEnumerable<ModelCase> Cases => [.. ValidCases, .. InvalidCases];

    private static IEnumerable<ModelCase> ValidCases =>
    [
        Valid("a plate expands a scalar", "x [3]", () => In("rows", 3, () => Sample("x", new Normal(0, 1)))),
        Valid("a plate of full parameters", "x [3]", () => In("rows", 3, () => Sample("x", new Normal(Three, 1)))),
        Valid("events inside a plate", "x [3, 2]", () => In("rows", 3, () => Sample("x", new Normal(Tensor.Zeros(2), 1).ToEvent(1)))),
        Valid("nested plates", "x [4, 3]", () => In("outer", 3, () => In("inner", 4, () => Sample("x", new Normal(0, 1))))),
        Valid("a plate of size one", "x [1]", () => In("rows", 1, () => Sample("x", new Normal(0, 1)))),
        Valid("plates side by side of one name", "x [3]; y [3]", () =>
        {
            In("rows", 3, () => Sample("x", new Normal(0, 1)));
            In("rows", 3, () => Sample("y", new Normal(0, 1)));
        }),
        Valid("plates of given dimensions with a gap", "x [3, 1, 2]", () =>
        {
            using (Plate("left", 3, dimension: -3))
            using (Plate("right", 2, dimension: -1))
            {
                Sample("x", new Normal(0, 1));
            }
        }),
        Valid("a plate stack", "x [2, 3]", () =>
        {
            using (PlateStack("cells", [2, 3]))
            {
                Sample("x", new Normal(0, 1));
            }
        }),
        Valid("a subsample by size", "rows [2]; y [2]", () =>
        {
            using PlateScope rows = Plate("rows", 3, subsampleSize: 2);
            Sample("y", new Normal(0, 1), observed: rows.Subsample(Three));
        }),
        Valid("a subsample by indices", "rows [2]; y [2]", () =>
        {
            using PlateScope rows = Plate("rows", 3, indices: Tensor.From(new[] { 2L, 0L }));
            Sample("y", new Normal(0, 1), observed: rows.Subsample(Three));
        }),
        Valid("a sequential plate", "x0 []; x1 []", () =>
        {
            foreach (int i in SequentialPlate("words", 2))
            {
                Sample($"x{i}", new Normal(0, 1));
            }
        }),
        Valid("a plate inside a sequential plate", "x0 [3]; x1 [3]", () =>
        {
            foreach (int i in SequentialPlate("words", 2))
            {
                In("rows", 3, () => Sample($"x{i}", new Normal(0, 1)));
            }
        }),
        Valid("crossed kept plates", "r [3, 1]; c [2]; x [3, 2]", () =>
        {
            PlateAxis rows = new("rows", 3, dimension: -2), columns = new("columns", 2, dimension: -1);
            Tensor r, c;
            using (rows.Enter())
            {
                r = Sample("r", new Normal(0, 1));
            }
            using (columns.Enter())
            {
                c = Sample("c", new Normal(0, 1));
            }
            using (rows.Enter())
            using (columns.Enter())
            {
                Sample("x", new Normal(r + c, 1));
            }
        }),
        Valid("a per-datum parameter", "rows [2]; loc [3]; x [2]", () =>
        {
            using (Plate("rows", 3, subsampleSize: 2))
            {
                Sample("x", new Normal(Param("loc", Three, eventDimensions: 0), 1));
            }
        }),
        Valid("a mixture over categories", "weights [2]; k [3]; y [3]", () =>
        {
            Tensor weights = Sample("weights", new Dirichlet(Tensor.Ones(2)));
            In("rows", 3, () =>
            {
                Tensor k = Sample("k", new Categorical(weights));
                Sample("y", new Normal(Tensor.From(new[] { -1.0, 1.0 }).Take(k.To(DType.Int64)), 1), observed: Three);
            });
        }),
        Valid("factors inside a plate", "terms [3, 0]", () => In("rows", 3, () => Factor("terms", Three))),
        Valid("a result inside a plate", "d [3]", () => In("rows", 3, () => Deterministic("d", Three))),
        Valid("a regression", "w [2]; y [3]", () =>
        {
            Tensor w = Sample("w", new Normal(Tensor.Zeros(2), 1).ToEvent(1));
            In("rows", 3, () => Sample("y", new Normal(Tensor.Ones(3, 2).MatMul(w), 1), observed: Three));
        }),
    ];

    private static IEnumerable<ModelCase> InvalidCases =>
    [
        Invalid("a vector without a plate", ModelError.UndeclaredBatchDimension,
            ["log-probability has shape [3], its plates allow []", "Call ToEvent(1)", "open a plate of size 3 at dimension -1", "Trace shapes"], () =>
            Sample("x", new Normal(Three, 1))),
        Invalid("data without a plate", ModelError.UndeclaredBatchDimension, ["plates allow []", "size 3"],
            () => Sample("y", new Normal(0, 1), observed: Three)),
        Invalid("a batch dimension left of a plate", ModelError.UndeclaredBatchDimension,
            ["shape [2, 3], its plates allow [3]", "left of plate \"rows\"", "Trace shapes"], () =>
            In("rows", 3, () => Sample("x", new Normal(Tensor.Zeros(2, 3), 1)))),
        Invalid("a batch dimension right of a plate", ModelError.UndeclaredBatchDimension,
            ["plates allow [3, 1]", "dimension -1, right of plate \"rows\"", "ToEvent(1)"], () =>
        {
            using (Plate("rows", 3, dimension: -2))
            {
                Sample("x", new Normal(Tensor.Zeros(3, 2), 1));
            }
        }),
        Invalid("a batch dimension between plates", ModelError.UndeclaredBatchDimension,
            ["plates allow [3, 1, 2]", "dimension -2, between plates \"left\" and \"right\""], () =>
        {
            using (Plate("left", 3, dimension: -3))
            using (Plate("right", 2, dimension: -1))
            {
                Sample("x", new Normal(Tensor.Zeros(3, 4, 2), 1));
            }
        }),
        Invalid("another size than the plate's", ModelError.PlateMisfit,
            ["shape [3], its plates allow [4]", "plate \"rows\" of size 4 at dimension -1"], () =>
            In("rows", 4, () => Sample("x", new Normal(Three, 1)))),
        Invalid("events that belong to no plate", ModelError.PlateMisfit, ["plates allow [3]", "ToEvent(1)"],
            () => In("rows", 3, () => Sample("x", new Normal(Tensor.Zeros(3, 2), 1)))),
        Invalid("whole data in a subsampled plate", ModelError.ValueShape, ["observation of shape [3]", "batch shape [2]"], () =>
        {
            using (Plate("rows", 3, subsampleSize: 2))
            {
                Sample("y", new Normal(0, 1), observed: Three);
            }
        }),
        Invalid("a plate of size zero", ModelError.PlateSizeImpossible, ["size of at least 1", "size 0"], () => In("rows", 0, () => { })),
        Invalid("a subsample larger than the plate", ModelError.PlateSizeImpossible, ["subsample size 5"],
            () => Plate("rows", 3, subsampleSize: 5).Dispose()),
        Invalid("a kept plate with a subsample larger than itself", ModelError.PlateSizeImpossible,
            ["\"rows\"", "size 3 and subsample size 5", "subsampleSize"], () => new PlateAxis("rows", 3, subsampleSize: 5)),
        Invalid("a plate that is never closed", ModelError.ScopeNotClosed, ["\"rows\"", "the model opened the plate", "using (Plate(\"rows\""], () =>
        {
            Plate("rows", 3);
            Sample("y", new Normal(0, 1), observed: Three);
        }),
        Invalid("a handler that is never left", ModelError.ScopeNotClosed, ["entered a MaskHandler", "using"],
            () => new MaskHandler(Three > 0).Enter()),
        Invalid("a plate inside itself", ModelError.PlateOpenAlready, ["\"rows\"", "open already"],
            () => In("rows", 3, () => In("rows", 3, () => { }))),
        Invalid("a sequential plate inside a plate of its name", ModelError.PlateOpenAlready, ["open already"], () => In("rows", 3, () =>
        {
            foreach (int i in SequentialPlate("rows", 3))
            {
                Sample($"x{i}", new Normal(0, 1));
            }
        })),
        Invalid("two plates at one dimension", ModelError.PlateDimensionTaken, ["dimension -1 is taken by the open plate \"rows\""],
            () => In("rows", 3, () => Plate("columns", 2, dimension: -1).Dispose())),
        Invalid("kept plates at one dimension", ModelError.PlateDimensionTaken, ["taken by the open plate \"rows\"", "need a dimension each"], () =>
        {
            PlateAxis rows = new("rows", 3, dimension: -1), columns = new("columns", 2, dimension: -1);
            using (rows.Enter())
            {
                columns.Enter().Dispose();
            }
        }),
        Invalid("a dimension counted from the left", ModelError.PlateDimensionNotNegative, ["is negative; found 0", "Use -1"],
            () => Plate("rows", 3, dimension: 0).Dispose()),
        Invalid("a kept plate counted from the left", ModelError.PlateDimensionNotNegative, ["found 1"],
            () => new PlateAxis("rows", 3, dimension: 1)),
        Invalid("two plates of one name and different size", ModelError.PlateSizesDiffer, ["different sizes: 3", "and 4", "different names"], () =>
        {
            In("rows", 3, () => Sample("x", new Normal(0, 1)));
            In("rows", 4, () => Sample("y", new Normal(0, 1)));
        }),
        Invalid("two subsamples of one name and different size", ModelError.PlateSizesDiffer, ["9 (subsample 2) and 9 (subsample 3)"], () =>
        {
            Plate("rows", 9, subsampleSize: 2).Dispose();
            Plate("rows", 9, subsampleSize: 3).Dispose();
        }),
        Invalid("a plate that moves to another dimension", ModelError.PlateDimensionsDiffer,
            ["dimension -1 for earlier sites", "dimension -2 for site \"x\"", "PlateAxis"], () =>
        {
            In("rows", 3, () => Sample("r", new Normal(0, 1)));
            In("columns", 3, () => In("rows", 3, () => Sample("x", new Normal(0, 1))));
        }),
        Invalid("indices beyond the plate", ModelError.PlateIndicesInvalid, ["0 to 2", "found 3"],
            () => Plate("rows", 3, indices: Tensor.From(new[] { 0L, 3L })).Dispose()),
        Invalid("indices that are no integers", ModelError.PlateIndicesInvalid, ["must be Int64", "Float64"],
            () => Plate("rows", 3, indices: Three).Dispose()),
        Invalid("indices against the declared size", ModelError.PlateIndicesInvalid, ["subsample of 2 was declared", "3 indices"],
            () => Plate("rows", 3, 2, indices: Tensor.Range(3)).Dispose()),
        Invalid("data of another size to subsample", ModelError.SubsampleShape, ["plate has size 4", "shape [3]", "first axis"], () =>
        {
            using PlateScope rows = Plate("rows", 4, subsampleSize: 2);
            rows.Subsample(Three);
        }),
        Invalid("a per-datum parameter of the subsample's size", ModelError.SubsampleShape,
            ["parameter \"loc\"", "whole size 9 of plate \"rows\"", "found 3"], () =>
        {
            using (Plate("rows", 9, subsampleSize: 3))
            {
                Param("loc", Three, eventDimensions: 0);
            }
        }),
        Invalid("names of a plate that are not all different", ModelError.EntryNames, ["schools", "\"Choate\" twice"],
            () => Plate("schools", ["Choate", "Choate"]).Dispose()),
        Invalid("names of events of another number", ModelError.EntryNames, ["shape [2]", "3 names"],
            () => Sample("beta", new Normal(Tensor.Zeros(2), 1).ToEvent(1), eventNames: ["a", "b", "c"])),
        Invalid("a kept plate used before it is entered", ModelError.PlateNotOpen, ["not open", "Enter it first"],
            () => new PlateAxis("rows", 3, subsampleSize: 2).Subsample(Three)),
        Invalid("broadcasting a misfit", ModelError.PlateBroadcast, ["batch shape [3]", "plate \"rows\" (4 at dimension -1)"],
            () => In("rows", 4, () => Sample("x", new Normal(Three, 1))), new BroadcastHandler()),
    ];

    private static void In(string name, int size, Action inside)
    {
        using (Plate(name, size))
        {
            inside();
        }
    }
}
