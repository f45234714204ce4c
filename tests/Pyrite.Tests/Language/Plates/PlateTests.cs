using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class PlateTests
{
    [Fact]
    public void A_sequential_plate_walks_its_entries_and_marks_their_sites()
    {
        Trace trace = Trace.Of(() =>
        {
            foreach (int i in SequentialPlate("words", 3))
            {
                Sample($"w{i}", new Normal(0, 1));
            }
        });
        Assert.Equal(["w0", "w1", "w2"], trace.Sites.Select(s => s.Name));
        Assert.Equal([new PlateFrame("words", 0, 3, 3, 2)], trace["w2"].Plates);
        Assert.False(trace["w2"].Plates[0].IsVectorized);
        Assert.Equal(Shape.Scalar, trace["w1"].Value.Shape);
    }

    [Fact]
    public void A_subsampled_sequential_plate_scales_up_and_takes_the_given_entries()
    {
        List<int> seen = [];
        Trace trace = Trace.Of(() =>
        {
            foreach (int i in SequentialPlate("words", 10, indices: Tensor.From(new[] { 7L, 2L })))
            {
                seen.Add(i);
                Sample($"w{i}", new Normal(0, 1), observed: 0.0);
            }
        });
        Assert.Equal([7, 2], seen);
        Assert.Equal(5, ((SampleSite)trace["w7"]).Scale);
    }

    [Fact]
    public void A_sequential_plate_that_is_left_early_is_closed()
    {
        Trace trace = Trace.Of(() =>
        {
            foreach (int i in SequentialPlate("words", 3))
            {
                if (i == 1)
                {
                    break;
                }
            }
            Sample("after", new Normal(0, 1));
        });
        Assert.Empty(trace["after"].Plates);
    }

    [Fact]
    public void Sequential_and_vectorized_plates_nest_and_give_the_same_density()
    {
        Tensor data = Tensor.From(new[,] { { 1.0, 2, 3 }, { 4, 5, 6 } });
        Trace vectorized = Trace.Of(() =>
        {
            using (Plate("columns", 3))
            using (Plate("rows", 2))
            {
                Sample("x", new Normal(1, 2), observed: data);
            }
        });
        Trace sequential = Trace.Of(() =>
        {
            foreach (int row in SequentialPlate("rows", 2))
            {
                using (Plate("columns", 3))
                {
                    Sample($"x{row}", new Normal(1, 2), observed: data[row]);
                }
            }
        });
        Assert.Equal(vectorized.LogProb().Item(), sequential.LogProb().Item(), 10);
    }

    [Fact]
    public void Given_indices_choose_the_subsample()
    {
        Tensor data = Tensor.From(new[] { 10.0, 11, 12, 13 });
        Trace trace = Trace.Of(() =>
        {
            using PlateScope rows = Plate("rows", 4, indices: Tensor.From(new[] { 3L, 0L }));
            Sample("y", new Normal(0, 1), observed: rows.Subsample(data));
        });
        Assert.Equal([13.0, 10], trace["y"].Value.ToArray<double>());
        Assert.Equal(2, ((SampleSite)trace["y"]).Scale);
    }

    [Fact]
    public void A_plate_without_subsampling_has_all_indices()
    {
        using PlateScope rows = Plate("rows", 3);
        Assert.Equal([0L, 1, 2], rows.Indices.ToArray<long>());
        Assert.Equal(-1, rows.Dimension);
    }

    [Fact]
    public void A_plate_stack_has_the_shape_of_its_sizes_and_closes_as_one()
    {
        Trace trace = Trace.Of(() =>
        {
            using (PlateStack("cells", [2, 3]))
            {
                Sample("x", new Normal(0, 1));
            }
            Sample("after", new Normal(0, 1));
        });
        Assert.Equal([2, 3], trace["x"].Value.Shape);
        Assert.Equal([new PlateFrame("cells_0", -2, 2, 2), new PlateFrame("cells_1", -1, 3, 3)], trace["x"].Plates);
        Assert.Empty(trace["after"].Plates);
    }

    [Fact]
    public void Kept_plates_are_entered_alone_and_together()
    {
        PlateAxis rows = new("rows", 4), columns = new("columns", 5);
        void Model()
        {
            Tensor r, c;
            using (rows.Enter())
            {
                r = Sample("r", new Normal(0, 1));
            }
            using (columns.Enter())
            {
                c = Sample("c", new Normal(0, 1));
            }
            using (columns.Enter())
            using (rows.Enter())
            {
                Sample("x", new Normal(r + c, 1));
            }
        }

        Trace trace = Inspect.Check(Model);
        Assert.Equal([4], trace["r"].Value.Shape);
        Assert.Equal([5, 1], trace["c"].Value.Shape);
        Assert.Equal([5, 4], trace["x"].Value.Shape);
        Assert.Equal(-2, columns.Dimension);
        Assert.Equal([5, 4], Inspect.Check(Model)["x"].Value.Shape);
    }

    [Fact]
    public void Kept_plates_of_one_run_do_not_push_aside_those_of_another()
    {
        PlateAxis first = new("first", 2), second = new("second", 3);
        using (new ScaleHandler(1).Enter())
        {
            Trace.Of(() => first.Enter().Dispose());
            Trace.Of(() => second.Enter().Dispose());
        }
        Assert.Equal((-1, -1), (first.Dimension, second.Dimension));
    }

    [Fact]
    public void Threads_that_enter_a_kept_plate_agree_on_its_dimension()
    {
        for (int i = 0; i < 20; i++)
        {
            PlateAxis rows = new("rows", 2);
            int?[] found = new int?[2];
            using Barrier together = new(2);
            Thread[] threads = [.. Enumerable.Range(0, 2).Select(t => new Thread(() =>
            {
                using PlateScope outer = t == 0 ? default : Plate("outer", 3);
                together.SignalAndWait();
                try
                {
                    using PlateScope scope = rows.Enter();
                    found[t] = scope.Dimension;
                }
                catch (ModelException taken) when (t == 1 && taken.Kind == ModelError.PlateDimensionTaken)
                {
                    // The other thread was first, and chose the dimension that the outer plate has here.
                }
            }))];
            Array.ForEach(threads, t => t.Start());
            Array.ForEach(threads, t => t.Join());
            Assert.Equal(rows.Dimension, found[0]);
            Assert.Contains(found[1], (int?[])[null, rows.Dimension]);
        }
    }

    [Fact]
    public void A_kept_plate_shows_the_same_subsample_at_every_entry_of_a_run()
    {
        PlateAxis rows = new("rows", 100, subsampleSize: 5);
        List<long[]> seen = [];
        void Look()
        {
            for (int i = 0; i < 2; i++)
            {
                using (rows.Enter())
                {
                    seen.Add(rows.Indices.ToArray<long>());
                    Assert.Equal([5], rows.Subsample(Tensor.Zeros(100)).Shape);
                }
            }
        }

        Trace.Of(Look);
        Trace.Of(Look, new SeedHandler(1));
        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(seen[2], seen[3]);
        Assert.NotEqual(seen[0], seen[2]);
    }

    [Fact]
    public void A_per_datum_parameter_is_subsampled_with_its_plate()
    {
        Trace trace = Trace.Of(() =>
        {
            using PlateScope rows = Plate("rows", 6, indices: Tensor.From(new[] { 5L, 1L }));
            Tensor loc = Param("loc", Tensor.From(new[,] { { 0.0, 0 }, { 1, 10 }, { 2, 20 }, { 3, 30 }, { 4, 40 }, { 5, 50 } }), eventDimensions: 1);
            Assert.Equal([5.0, 50, 1, 10], loc.ToArray<double>());
            Assert.Equal([6], Param("shared", Tensor.Zeros(6)).Shape);
            Sample("z", new Normal(loc, 1).ToEvent(1));
        });
        Assert.Equal([6, 2], trace["loc"].Value.Shape);
        Assert.Equal([2, 2], trace["z"].Value.Shape);
    }

    [Fact]
    public void Per_datum_parameters_receive_gradients_where_they_are_present()
    {
        static void Model(Tensor data)
        {
            using PlateScope rows = Plate("rows", 4, indices: Tensor.From(new[] { 2L, 0L }));
            Sample("y", new Normal(Param("loc", Tensor.Zeros(4), eventDimensions: 0), 1), observed: rows.Subsample(data));
        }

        Svi<Tensor> svi = new(Model, _ => { }, new Sgd(0.1), new TraceElbo());
        svi.Step(Tensor.From(new[] { 1.0, 2, 3, 4 }));
        Assert.Equal([0.2, 0, 0.6, 0], svi.Parameters["loc"].ToArray<double>().Select(v => Math.Round(v, 5)));
    }

    [Fact]
    public void Data_is_subsampled_along_all_open_plates()
    {
        Tensor data = Tensor.Range(24).Reshape(2, 3, 4);
        using (Plate("columns", 3, indices: Tensor.From(new[] { 2L })))
        using (Plate("rows", 2, indices: Tensor.From(new[] { 1L })))
        {
            Assert.Equal([20L, 21, 22, 23], Subsample(data, eventDimensions: 1).ToArray<long>());
        }
    }

    [Fact]
    public void Log_densities_know_their_plates_and_sum_to_others()
    {
        Trace trace = Trace.Of(() =>
        {
            using (Plate("columns", 3))
            using (Plate("rows", 2))
            {
                Sample("x", new Normal(0, 1), observed: Tensor.Zeros(2, 3));
            }
        });
        PlateTensor density = ((SampleSite)trace["x"]).LogProbByPlate();
        PlateFrame columns = density.Plates.Single(p => p.Name == "columns");
        PlateTensor sum = density.SumTo([columns]);
        Assert.Equal([1, 3], sum.Value.Shape);
        Assert.Equal([columns], sum.Plates);
        Assert.Equal(trace.LogProb().Item(), density.SumTo([]).Value.Sum().Item(), 5);
        Assert.Equal(2 * sum.Value[0, 0].Item(), (sum + sum).Value[0, 0].Item(), 5);
    }
}
