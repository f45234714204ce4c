namespace Pyrite.Tests;

public sealed class ParameterTests
{
    [Fact]
    public void Threads_that_use_it_first_at_the_same_time_get_one_value()
    {
        const int Threads = 4;
        for (int repetition = 0; repetition < 200; repetition++)
        {
            int made = 0;
            Parameter parameter = new([2], () => Tensor.Full([2], Interlocked.Increment(ref made)));
            using Barrier start = new(Threads);
            Tensor[] found = new Tensor[Threads];
            Thread[] threads = [.. Enumerable.Range(0, Threads).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                found[i] = parameter.Value;
            }))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            Assert.Equal(1, made);
            Assert.All(found, tensor => Assert.Same(parameter.Value, tensor));
        }
    }

    [Fact]
    public void A_parameter_is_made_at_first_use_and_keeps_its_start()
    {
        int made = 0;
        Parameter parameter = new([2], () =>
        {
            made++;
            return Tensor.Full([2], 3);
        });
        Assert.False(parameter.IsMaterialized);
        Assert.Equal([3, 3], parameter.Value.ToArray<double>());
        Assert.Same(parameter.Value, (Tensor)parameter);
        Assert.Equal(1, made);
        Assert.True(parameter.Value.RequiresGradient);
    }

    [Fact]
    public void Assigning_writes_in_place_and_converts()
    {
        Parameter parameter = new(Tensor.From([1f, 2]));
        Tensor value = parameter.Value;
        parameter.Assign(Tensor.From([5.0, 6]));
        Assert.Same(value, parameter.Value);
        Assert.Equal([5f, 6], value.ToArray<float>());
        RearrangementTests.AssertMessage<ArgumentException>(() => parameter.Assign(Tensor.Ones(3)), "[2]", "[3]");
    }

    [Fact]
    public void The_start_is_copied_and_must_have_the_promised_shape()
    {
        Parameter first = new(Tensor.From([1.0]));
        Parameter second = new(first.Value);
        first.Assign(Tensor.From([9.0]));
        Assert.Equal([1], second.Value.ToArray<double>());
        RearrangementTests.AssertMessage<InvalidOperationException>(() => _ = new Parameter([2], () => Tensor.Ones(3)).Value, "[2]", "[3]");
    }

    [Fact]
    public void A_parameter_made_inside_a_step_outlives_it()
    {
        Parameter parameter = new([2], () => Tensor.Ones(2) + 1.0);
        using (StepScope.Begin())
        {
            Assert.Equal([2, 2], parameter.Value.ToArray<double>());
        }
        Assert.Equal([2, 2], parameter.Value.ToArray<double>());
        parameter.ConvertTo(DType.Float64);
        Assert.Equal(DType.Float64, parameter.Value.DType);
        Assert.Equal([2, 2], parameter.Value.ToArray<double>());
    }

    [Fact]
    public void Images_are_stored_row_major_whatever_made_them()
    {
        Parameter parameter = new([1, 2, 2, 2], () => Tensor.Range(8).To(DType.Float32).Reshape(1, 2, 2, 2).Conv2d(Tensor.Ones(2, 2, 1, 1)));
        parameter.Assign(Tensor.Range(8).To(DType.Float32).Reshape(1, 2, 2, 2));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], parameter.Value.ToArray<double>());
    }
}
