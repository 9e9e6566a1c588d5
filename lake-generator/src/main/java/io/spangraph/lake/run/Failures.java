package io.spangraph.lake.run;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Lets steps of a finished run fail in hindsight, as far up as the story of the run says. */
final class Failures {

    private final RunSimulator simulator;
    private final SplittableRandom random;

    Failures(RunSimulator simulator, SplittableRandom random) {
        this.simulator = simulator;
        this.random = random;
    }

    void tell(ErrorStory story, List<Step> steps) {
        switch (story) {
            // The retries were played with the run.
            case CLEAN, RECOVERED -> {}
            case PROPAGATED -> deepTool(steps).ifPresent(this::failUpwards);
            case SILENT -> anyTool(steps).ifPresent(simulator::fail);
        }
    }

    private void failUpwards(Step origin) {
        simulator.fail(origin);
        Optional<Step> ancestor = origin.parent;
        while (ancestor.isPresent()) {
            ancestor.get().failed = true;
            ancestor = ancestor.get().parent;
        }
    }

    /** A tool that a sub-agent or another tool used, if there is one, so that the error has a way to go. */
    private Optional<Step> deepTool(List<Step> steps) {
        List<Step> deep = steps.stream()
                .filter(step -> step.kind == StepKind.TOOL_CALL && !step.label.equals(Vocabulary.SPAWN_TOOL))
                .filter(step -> step.parent.flatMap(parent -> parent.parent).isPresent())
                .toList();
        return deep.isEmpty() ? anyTool(steps) : one(deep);
    }

    private Optional<Step> anyTool(List<Step> steps) {
        List<Step> tools =
                steps.stream().filter(step -> step.kind == StepKind.TOOL_CALL).toList();
        return tools.isEmpty() ? one(steps.stream().filter(Step::isLeafKind).toList()) : one(tools);
    }

    private Optional<Step> one(List<Step> candidates) {
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(random.nextInt(candidates.size())));
    }
}
